-- Holds the patient and the doctor of an appointment that comes to be shown where it was not: see await_bookings().
-- book_appointment() holds them already, because they come before the day in the order of locks.
create or replace function hold_shown() returns trigger
language plpgsql as $$
begin
  perform from patients where (clinic_id, id) = (new.clinic_id, new.patient_id) for key share;
  perform lock_doctor(new.clinic_id, new.doctor_id);
  return new;
end
$$;
