-- Gives the appointment that was booked under an idempotency key, or a row of nulls when the key is new or null.
-- Raises CQ006 when the key was used for another request: nobody gets an appointment that they did not ask for.
create or replace function booked_before(
  key text, for_patient uuid, with_doctor uuid, on_date date, at_hour integer
) returns appointments
language plpgsql stable as $$
declare
  asked booking_requests;
  booked appointments;
begin
  select * into asked from booking_requests where idempotency_key = key;
  if not found then
    return null;
  end if;
  if (asked.patient_id, asked.doctor_id, asked.date, asked.time_slot)
    is distinct from (for_patient, with_doctor, on_date, at_hour)
  then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
  select * into booked from appointments where id = asked.appointment_id;
  return booked;
end
$$;
