-- The doctor who sent a patient away and wants to see them afterwards; else null. Volatile, so that it is what is committed
-- now, and not when the statement began.
create or replace function return_doctor_of(in_clinic uuid, for_appointment uuid) returns uuid
language plpgsql volatile as $$
begin
  return (select return_doctor_id from queue_entries where (clinic_id, appointment_id) = (in_clinic, for_appointment));
end
$$;
