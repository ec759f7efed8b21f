/** The settings of a clinic, each with what it does and when that begins. */
export const enSettings = {
  settingsAbout: "What counts for the whole clinic. Changes count at once for everybody, and are in the audit trail.",
  group_clinic: "The clinic",
  group_bookings: "Bookings",
  group_queue: "The queue",
  group_public: "Public screens",
  set_name: "Name of the clinic",
  about_name: "Shown on pages and screens. Changes as soon as they are loaded again.",
  set_timezone: "Time zone",
  about_timezone:
    "All times and dates are by these clocks, and so which day is today. Bookings keep their date and hour. Counts at once.",
  set_day_starts_at: "A new day begins at",
  about_day_starts_at:
    "From 00:00 to 06:00. Patients before this time belong to the day before, for clinics that work past midnight. Counts at once.",
  set_languages: "Languages",
  about_languages:
    "For screens and announcements, in the order in which you press them; the first is the clinic's own. Counts from the next load of a screen.",
  set_daily_capacity: "Bookings a doctor takes a day",
  about_daily_capacity:
    "For days without a number of their own. Bookings that exist stay, also when there are more. Counts from the next booking.",
  set_booking_horizon_days: "Days ahead that can be booked",
  about_booking_horizon_days: "Nobody can book later than this many days from today. Counts from the next booking.",
  set_max_bookings_per_doctor_day: "Bookings of a patient with a doctor a day",
  about_max_bookings_per_doctor_day:
    "Where patients or programs book. The desk may book more. Counts from the next booking.",
  set_max_bookings_ahead: "Bookings of a patient ahead",
  about_max_bookings_ahead:
    "At most this many from today on, where patients or programs book. The desk may book more. Counts from the next booking.",
  set_cancellation_notice_minutes: "Minutes before, until which patients can cancel",
  about_cancellation_notice_minutes: "Later than this before the appointment only the desk can cancel. Counts at once.",
  set_queue_order: "Who is next",
  about_queue_order:
    "By the booked time: whoever is there in time keeps it. By arrival: first come, first served. Counts for check-ins from now on; who waits already keeps their place.",
  set_lateness_grace_minutes: "Minutes late that still count as in time",
  about_lateness_grace_minutes:
    "Whoever comes later than this after the time of the appointment is called by the arrival. Counts for later check-ins.",
  set_check_in_opens_minutes: "Minutes before, from which patients check in by themselves",
  about_check_in_opens_minutes:
    "Appointments with a time of the schedule alone. The desk checks in at any time of the day. Counts at once.",
  set_requires_presence_code: "Code of the waiting room's screen",
  about_requires_presence_code:
    "With it, patients check in by themselves only with four digits that the screens show. Counts at once.",
  set_walk_in_delay_minutes: "Minutes that walk-ins stand back",
  about_walk_in_delay_minutes:
    "Their turn is as if they had come this much later, from 0 to 15. Counts for check-ins from now on.",
  set_public_names: "Patients on public screens",
  about_public_names:
    "Ticket alone tells the waiting room nothing. A patient can be set to ticket alone at the desk. Screens change within seconds.",
  set_public_specialty: "Specialties on public screens",
  about_public_specialty: "A specialty can tell why somebody is here. Screens change within seconds.",
  choice_ticket: "Ticket alone",
  choice_initials: "Initials",
  choice_first_name: "First name",
  choice_appointment: "By the booked time",
  choice_arrival: "By arrival",
  shown: "Shown",
  notShown: "Not shown",
  demanded: "Demanded",
  notDemanded: "Not demanded",
  was: "Until now: {value}",
  numberWrong: "A whole number from {least} to {most}.",
  languageNeeded: "Choose at least one language.",
  allSaved: "Everything is saved.",
  unsaved: {
    one: "{count} change is not saved. It is kept in this window.",
    other: "{count} changes are not saved. They are kept in this window.",
  },
  changedMeanwhile: "Somebody else has changed this meanwhile. Nothing was saved yet.",
  othersChanged: "Saved. Somebody else has also changed:",
  changedBy: "{setting}: {who} changed it from {from} to {to} at {time}.",
  wasChanged: "{setting}: changed from {from} to {to}.",
  yours: "Yours: {value}.",
  saveMine: "Save mine",
  takeTheirs: "Take theirs",
} as const;
