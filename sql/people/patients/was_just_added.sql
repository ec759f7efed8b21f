-- Whether this very transaction added a patient, or the one in which the same caller used this key first.
create or replace function was_just_added(
  in_clinic uuid, of_patient uuid, actor jsonb default null, key text default null
) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from patients where (clinic_id, id) = (in_clinic, of_patient) and xmin = pg_current_xact_id()::xid
  ) or exists (
    select from queue_requests request
    join patients patient on (patient.clinic_id, patient.id) = (request.clinic_id, request.patient_id)
    where (request.clinic_id, request.caller, request.idempotency_key) = (in_clinic, caller_of(actor), key)
      -- Both are the moment at which their transaction began.
      and (patient.id, patient.created_at) = (of_patient, request.created_at)
  );
end
$$;

grant execute on function was_just_added to clinic_api;
