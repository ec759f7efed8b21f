-- Gives the appointment that a caller booked under an idempotency key, or a row of nulls when the key is new or null.
-- Raises CQ006 when the caller used the key for another request: nobody gets an appointment that they did not ask for.
create or replace function booked_before(
  in_clinic uuid, by_caller text, key text, for_patient uuid, with_doctor uuid, on_date date, at_hour integer,
  at_start timestamptz, in_mode text, new_note text, new_reason text
) returns appointments
language plpgsql stable as $$
declare
  asked booking_requests;
  booked appointments;
begin
  select * into asked from booking_requests
  where (clinic_id, caller, idempotency_key) = (in_clinic, by_caller, key);
  if not found then
    return null;
  end if;
  select * into booked from appointments where (clinic_id, id) = (in_clinic, asked.appointment_id);
  -- How, why and with what note it was booked never changes.
  if (asked.patient_id, asked.doctor_id, asked.date, asked.time_slot, asked.starts_at, booked.mode, booked.note, booked.reason)
    is distinct from (for_patient, with_doctor, on_date, at_hour, at_start, in_mode, new_note, new_reason)
  then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
  return booked;
end
$$;
