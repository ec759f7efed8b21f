-- Records that somebody was refused: `what` they asked for, and `how_often` since the last record of it.
--
-- Both processes may call this with any text and name anybody, so texts are cut to a length and the record tells which
-- login it comes from: `recorded_by`, the role that the process took on or logged in as.
create or replace function record_refusal(in_clinic uuid, what text, reason text, how_often integer, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(jsonb_build_object(
    'sub', left(actor ->> 'sub', 255), 'role', left(actor ->> 'role', 20), 'name', left(actor ->> 'name', 200),
    'session', actor ->> 'session', 'address', left(actor ->> 'address', 45), 'request_id', left(actor ->> 'request_id', 100)
  ));
  perform record_event(in_clinic, 'refuse', left(what, 200), null, null, jsonb_build_object(
    'reason', left(reason, 500), 'times', greatest(1, least(how_often, 1000000)),
    'recorded_by', coalesce(nullif(current_setting('role'), 'none'), session_user)
  ));
end
$$;

grant execute on function record_refusal to clinic_api, clinic_realtime;
