import type { Translation } from "../../shared/words/words.ts";
import type { enSettings } from "./en-settings.ts";

export const deSettings: Translation<typeof enSettings> = {
  settingsAbout: "Was für die ganze Praxis gilt. Änderungen gelten sofort für alle und stehen im Protokoll.",
  group_clinic: "Die Praxis",
  group_bookings: "Buchungen",
  group_queue: "Die Warteschlange",
  group_public: "Öffentliche Bildschirme",
  set_name: "Name der Praxis",
  about_name: "Steht auf Seiten und Bildschirmen. Ändert sich, sobald sie neu geladen werden.",
  set_timezone: "Zeitzone",
  about_timezone:
    "Alle Zeiten und Tage gehen nach diesen Uhren, also auch, welcher Tag heute ist. Buchungen behalten Tag und Stunde. Gilt sofort.",
  set_day_starts_at: "Ein neuer Tag beginnt um",
  about_day_starts_at:
    "Von 00:00 bis 06:00. Patienten vor dieser Zeit gehören zum Tag davor, für Praxen, die über Mitternacht arbeiten. Gilt sofort.",
  set_languages: "Sprachen",
  about_languages:
    "Für Bildschirme und Ansagen, in der Reihenfolge, in der Sie sie wählen; die erste ist die der Praxis. Gilt, sobald ein Bildschirm neu lädt.",
  set_daily_capacity: "Buchungen, die ein Arzt am Tag nimmt",
  about_daily_capacity:
    "Für Tage ohne eigene Zahl. Bestehende Buchungen bleiben, auch wenn es mehr sind. Gilt ab der nächsten Buchung.",
  set_booking_horizon_days: "So viele Tage im Voraus kann gebucht werden",
  about_booking_horizon_days: "Niemand kann später als so viele Tage ab heute buchen. Gilt ab der nächsten Buchung.",
  set_max_bookings_per_doctor_day: "Buchungen eines Patienten bei einem Arzt am Tag",
  about_max_bookings_per_doctor_day:
    "Wo Patienten oder Programme buchen. Der Empfang darf mehr. Gilt ab der nächsten Buchung.",
  set_max_bookings_ahead: "Buchungen eines Patienten im Voraus",
  about_max_bookings_ahead:
    "Höchstens so viele ab heute, wo Patienten oder Programme buchen. Der Empfang darf mehr. Gilt ab der nächsten Buchung.",
  set_cancellation_notice_minutes: "Bis so viele Minuten vorher können Patienten absagen",
  about_cancellation_notice_minutes: "Danach kann nur noch der Empfang den Termin absagen. Gilt sofort.",
  set_queue_order: "Wer als Nächstes kommt",
  about_queue_order:
    "Nach dem Termin: Wer rechtzeitig da ist, behält ihn. Nach der Ankunft: Wer zuerst kommt, ist zuerst dran. Gilt für Anmeldungen ab jetzt; wer schon wartet, behält seinen Platz.",
  set_lateness_grace_minutes: "So viele Minuten Verspätung gelten noch als pünktlich",
  about_lateness_grace_minutes:
    "Wer später nach der Zeit des Termins kommt, wird nach der Ankunft aufgerufen. Gilt für spätere Anmeldungen.",
  set_check_in_opens_minutes: "So viele Minuten vorher können Patienten sich selbst anmelden",
  about_check_in_opens_minutes:
    "Nur bei Terminen mit einer Zeit aus dem Plan. Der Empfang kann jederzeit am Tag anmelden. Gilt sofort.",
  set_requires_presence_code: "Code auf dem Bildschirm im Wartezimmer",
  about_requires_presence_code:
    "Damit melden sich Patienten nur mit vier Ziffern selbst an, die die Bildschirme zeigen. Gilt sofort.",
  set_walk_in_delay_minutes: "So viele Minuten stehen Patienten ohne Termin zurück",
  about_walk_in_delay_minutes:
    "Sie sind dran, als wären sie so viel später gekommen, von 0 bis 15. Gilt für Anmeldungen ab jetzt.",
  set_public_names: "Patienten auf öffentlichen Bildschirmen",
  about_public_names:
    "Die Nummer allein verrät dem Wartezimmer nichts. Am Empfang lässt sich das für einzelne Patienten wählen. Bildschirme ändern sich in Sekunden.",
  set_public_specialty: "Fachgebiete auf öffentlichen Bildschirmen",
  about_public_specialty: "Ein Fachgebiet kann verraten, warum jemand hier ist. Bildschirme ändern sich in Sekunden.",
  choice_ticket: "Nur die Nummer",
  choice_initials: "Anfangsbuchstaben",
  choice_first_name: "Vorname",
  choice_appointment: "Nach dem Termin",
  choice_arrival: "Nach der Ankunft",
  shown: "Gezeigt",
  demanded: "Verlangt",
  notDemanded: "Nicht verlangt",
  notShown: "Nicht gezeigt",
  was: "Bisher: {value}",
  numberWrong: "Eine ganze Zahl von {least} bis {most}.",
  languageNeeded: "Bitte mindestens eine Sprache wählen.",
  allSaved: "Alles ist gespeichert.",
  unsaved: {
    one: "{count} Änderung ist nicht gespeichert. Sie bleibt in diesem Fenster erhalten.",
    other: "{count} Änderungen sind nicht gespeichert. Sie bleiben in diesem Fenster erhalten.",
  },
  changedMeanwhile: "Jemand anders hat das inzwischen geändert. Noch ist nichts gespeichert.",
  othersChanged: "Gespeichert. Jemand anders hat außerdem geändert:",
  changedBy: "{setting}: {who} hat es um {time} von {from} auf {to} geändert.",
  wasChanged: "{setting}: von {from} auf {to} geändert.",
  yours: "Ihres: {value}.",
  saveMine: "Meines speichern",
  takeTheirs: "Das andere lassen",
};
