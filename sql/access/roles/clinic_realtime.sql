-- What the realtime process' role may read: what a view is made of. It writes nothing.
grant select on appointments, areas, clinic_days, clinics, day_places, doctors, installation, queue_entries, rooms, schema_release
to clinic_realtime;
grant select (clinic_id, doctor_id, date, revision, is_present, state, returns_at, notice, room_id) on doctor_days to clinic_realtime;
grant select (clinic_id, id, name, phone, age, gender, ticket_only, birth_date, needs) on patients to clinic_realtime;
grant select (clinic_id, date, state) on tasks to clinic_realtime;
grant select (clinic_id, id, scope, revoked_at, reduced_in) on sessions to clinic_realtime;
