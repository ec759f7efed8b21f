-- Whether these are digits that the clinic's screens show, or showed before the last change. Wrong ones are counted: after five
-- within ten minutes a patient has to wait. Raises CQ009 then; its detail says for how many seconds.
create or replace function prove_presence(in_clinic uuid, for_patient uuid, given text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment timestamptz;
  tries integer;
begin
  -- Tries of one patient wait for each other, so that each counts those before it.
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) for no key update;
  select count(*) into tries from presence_tries
  where (clinic_id, patient_id) = (in_clinic, for_patient) and tried_at > now() - interval '10 minutes';
  if tries >= 5 then
    raise 'Too many wrong codes; please ask the desk' using errcode = 'CQ009', detail = '{"retry_after_s": 600}';
  end if;
  moment := clinic_now(in_clinic);
  if given in ((presence_code(in_clinic, moment)).code, (presence_code(in_clinic, moment - interval '10 minutes')).code) then
    return true;
  end if;
  insert into presence_tries (clinic_id, patient_id)
  select clinic_id, id from patients where (clinic_id, id) = (in_clinic, for_patient);
  return false;
end
$$;

grant execute on function prove_presence to clinic_api;
