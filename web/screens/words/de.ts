import { de as shared } from "../../shared/words/de.ts";
import type { Translation } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export const de: Translation<typeof en> = {
  ...shared,
  pairScreen: "Bildschirm verbinden",
  pairHint: "Öffnen Sie {address} auf dem Bildschirm. Er zeigt einen Code aus 8 Buchstaben, der hier einzugeben ist.",
  code: "Code",
  screenShows: "Der Bildschirm zeigt",
  codeNotFound: "Der Code wurde nicht gefunden. Vielleicht zeigt der Bildschirm inzwischen einen anderen.",
  shows: "Zeigt",
  allAreas: "Alle Wartebereiche",
  pair: "Verbinden",
  isPaired: "{name} ist verbunden. In wenigen Sekunden zeigt er die Warteschlange.",
  screensInUse: "Bildschirme in Gebrauch",
  noScreens: "Noch kein Bildschirm ist verbunden.",
  cannotList: "Die Liste lässt sich gerade nicht laden. Neuer Versuch von selbst.",
  reports: "Ein Bildschirm meldet sich beim Start und danach einmal am Tag.",
  pairedAt: "Verbunden {time}",
  pairedBy: "Verbunden {time} von {who}",
  pairedByDisabled: "Verbunden {time} von {who}, dessen Konto gesperrt ist",
  neverSeen: "nie gesehen",
  lastSeen: "zuletzt gesehen {time}",
  revoke: "Sperren",
  revokeDots: "Sperren…",
  revokeName: "{name} sperren",
  revokeAsk: "{name} sperren?",
  revokeEffect: "Er zeigt die Warteschlange sofort nicht mehr.",
  openMode:
    "Hier meldet sich niemand an, darum brauchen Bildschirme keinen Code. Öffnen Sie {address} in einem Browser auf diesem Rechner.",
  onlyStaff: "Nur das Personal kann Bildschirme verbinden.",
  unreachable: "Der Server ist nicht erreichbar. Neuer Versuch von selbst.",
};
