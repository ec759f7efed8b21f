-- frozen from sql/await_bookings.sql
-- Before what sections show of a patient or doctor changes: waits for whoever writes an appointment of theirs, and so
-- holds this row (for key share, as a foreign key does). Else touch_patients() and touch_doctors() would not see that
-- appointment, and the section that it is in would keep the old name without a word.
create or replace function await_bookings() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'doctors' then
    perform from doctors where id = old.id for update;
  else
    perform from patients where id = old.id for update;
  end if;
  return new;
end
$$;

-- frozen from sql/hold_shown.sql
-- Holds the patient and the doctor of an appointment that comes to be shown where it was not, as the foreign keys do for a
-- new one: see await_bookings().
create or replace function hold_shown() returns trigger
language plpgsql as $$
begin
  perform from patients where id = new.patient_id for key share;
  perform from doctors where id = new.doctor_id for key share;
  return new;
end
$$;

-- frozen from sql/appointments_shown.sql
create or replace trigger appointments_shown
before update on appointments
for each row when (
  (old.date, old.doctor_id) <> (new.date, new.doctor_id) or (old.status = 'cancelled' and new.status <> 'cancelled')
)
execute function hold_shown();

-- frozen from sql/doctors_renamed.sql
create or replace trigger doctors_renamed
before update on doctors
for each row when ((old.name, old.code, old.specialty) is distinct from (new.name, new.code, new.specialty))
execute function await_bookings();

-- frozen from sql/patients_renamed.sql
create or replace trigger patients_renamed
before update on patients
for each row when (
  (old.name, old.phone, old.age, old.gender, old.ticket_only)
  is distinct from (new.name, new.phone, new.age, new.gender, new.ticket_only)
)
execute function await_bookings();

-- Functions are for everybody unless one says otherwise.
revoke execute on function await_bookings, hold_shown from public;
