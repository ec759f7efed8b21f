import type { Translation } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export const de: Translation<typeof en> = {
  waitingRoom: "Wartezimmer",
  presenceCode: "Code zum Anmelden",
  nowCalling: "Jetzt aufgerufen",
  goTo: "Bitte zu",
  nobodyCalled: "Niemand ist gerade aufgerufen",
  to: "zu",
  calledBefore: "Zuvor aufgerufen",
  next: "Als Nächstes",
  nobodyWaits: "Niemand wartet",
  back: "zurück {time}",
  away: "für eine Weile weg",
  finished: "fertig für heute",
  absent: "heute nicht da",
  connecting: "Verbindung wird aufgebaut…",
  noConnection: "Noch keine Verbindung",
  notLiveSince: "Nicht aktuell seit {time}",
  askDesk: "Bitte am Empfang fragen",
  starting: "Startet…",
  reaching: "Der Server der Praxis wird gesucht…",
  closed: "Diese Praxis ist geschlossen",
  code: "Der Code dieses Bildschirms",
  howToPair: "Zum Verbinden das Bild scannen oder am Empfang diese Seite öffnen, und dem Bildschirm einen Namen geben:",
  pairingLink: "Ein Link, der diesen Bildschirm verbindet",
};
