-- Holds the patient and the doctor of an appointment that comes to be shown where it was not, as the foreign keys do for a
-- new one: see await_bookings().
create or replace function hold_shown() returns trigger
language plpgsql as $$
begin
  perform from patients where (clinic_id, id) = (new.clinic_id, new.patient_id) for key share;
  perform from doctors where (clinic_id, id) = (new.clinic_id, new.doctor_id) for key share;
  return new;
end
$$;
