-- What the api's role may read. It writes through the functions that are granted to it, and through nothing else.
grant select on
  appointments, audit_events, booking_requests, clinic, clinic_days, doctor_days, doctors, patients,
  queue_entries, schema_release, screens, sessions
to clinic_api;

-- A password's hash is given out by begin_sign_in() alone, which counts the tries.
grant select (id, name, role, doctor_id, scope, created_at, disabled_at) on accounts to clinic_api;
