-- Remembers what came of a request under its idempotency key; without a key, nothing.
-- Raises CQ006 when the same key was used meanwhile for a request that concerns another date.
create or replace function remember_request(
  in_clinic uuid, actor jsonb, key text, request jsonb, for_appointment uuid, by_transition uuid, at_place uuid default null,
  of_patient uuid default null, of_task uuid default null
) returns void
language plpgsql as $$
begin
  if key is null then
    return;
  end if;
  insert into queue_requests (
    clinic_id, caller, idempotency_key, request_digest, appointment_id, transition_id, place_id, patient_id, task_id
  )
  values (
    in_clinic, caller_of(actor), key, md5(request::text), for_appointment, by_transition, at_place, of_patient, of_task
  )
  on conflict do nothing;
  if not found then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
end
$$;
