-- The patient of a walk-in who is given by name and more: registered now, or the one whom the same request registered before.
-- Of two such requests at once, the second waits for the first one here.
create or replace function patient_of_walk_in(in_clinic uuid, request jsonb, actor jsonb, key text) returns uuid
language plpgsql as $$
declare
  asked queue_requests;
  given constant jsonb := request -> 'patient';
begin
  perform lock_key(in_clinic, actor, key);
  asked := asked_before(in_clinic, actor, key, request);
  if asked.clinic_id is not null then
    return (select patient_id from appointments where (clinic_id, id) = (in_clinic, asked.appointment_id));
  end if;
  return (register_patient(
    in_clinic, given ->> 'name', given ->> 'phone', (given ->> 'age')::integer, given ->> 'gender', given ->> 'email',
    coalesce((given ->> 'ticket_only')::boolean, false), actor, (given ->> 'birth_date')::date,
    coalesce(given -> 'needs', '{}'), coalesce((given ->> 'shares_phone')::boolean, false)
  )).id;
end
$$;
