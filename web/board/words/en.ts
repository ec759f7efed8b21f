/** What the board says. It takes none of the staff's words, because a television loads what it needs alone. */
export const en = {
  waitingRoom: "Waiting room",
  presenceCode: "Check-in code",
  // The calls
  nowCalling: "Now calling",
  goTo: "Go to",
  nobodyCalled: "Nobody is called now",
  to: "to",
  calledBefore: "Called before",
  // Who comes next
  next: "Next",
  nobodyWaits: "Nobody is waiting",
  back: "back {time}",
  away: "away for a while",
  finished: "finished for today",
  absent: "not here today",
  // Connection
  connecting: "Connecting…",
  noConnection: "No connection yet",
  notLiveSince: "Not live since {time}",
  askDesk: "Please ask at the desk",
  starting: "Starting…",
  reaching: "Trying to reach the clinic’s server…",
  closed: "This clinic is closed",
  // Pairing
  code: "This screen’s code",
  howToPair: "To pair this screen, scan the picture or open this page at the desk, and give the screen a name:",
  pairingLink: "A link that pairs this screen",
} as const;
