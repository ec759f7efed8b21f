-- Begins a session of a patient, for a token that somebody who may book hands to them. The token may do no more than its
-- issuer: see begin_session(). Raises CQ001 no such patient.
create or replace function link_patient(
  in_clinic uuid, for_patient uuid, with_scope text, lifetime_s integer, actor jsonb
) returns sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  session sessions;
begin
  perform act_as(actor);
  perform require_patient(in_clinic, for_patient);
  session := begin_session(in_clinic, null, null, for_patient, with_scope, lifetime_s, lifetime_s, actor);
  perform record_event(
    in_clinic, 'issue', 'sessions', session.id::text, null,
    jsonb_build_object('patient_id', for_patient, 'scope', session.scope)
  );
  return session;
end
$$;

grant execute on function link_patient to clinic_api;
