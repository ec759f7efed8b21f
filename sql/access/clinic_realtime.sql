-- What the realtime process' role may read: what a view is made of. It writes nothing.
grant select on appointments, areas, clinic_days, clinics, doctors, installation, queue_entries, rooms, schema_release
to clinic_realtime;
grant select (clinic_id, doctor_id, date, revision, is_present) on doctor_days to clinic_realtime;
grant select (clinic_id, id, name, phone, age, gender, ticket_only) on patients to clinic_realtime;
grant select (clinic_id, id, scope, revoked_at, reduced_in) on sessions to clinic_realtime;
