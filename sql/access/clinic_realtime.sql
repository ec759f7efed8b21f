-- What the realtime process' role may read: what a view is made of. It writes nothing.
grant select on appointments, clinic, clinic_days, doctors, queue_entries, schema_release to clinic_realtime;
grant select (doctor_id, date, revision, is_present) on doctor_days to clinic_realtime;
grant select (id, name, phone, age, gender, ticket_only) on patients to clinic_realtime;
grant select (id, scope, revoked_at, reduced_in) on sessions to clinic_realtime;
