-- What the api's role may read. It writes through the functions that are granted to it, and through nothing else.
grant select on
  appointments, areas, audit_events, booking_requests, clinic_days, clinics, day_blocks, doctor_days, doctors, installation,
  patients, queue_entries, rooms, schedule_blocks, schema_release, screens, sessions, tasks, transitions,
  waitlist, waitlist_answers
to clinic_api;
grant select (clinic_id, doctor_id, starts_at, ends_at, id, expires_at) on slot_holds to clinic_api;

-- A password's hash is given out by begin_sign_in() alone, which counts the tries.
grant select (clinic_id, id, name, role, doctor_id, scope, created_at, disabled_at) on accounts to clinic_api;
