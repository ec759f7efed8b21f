-- Records that somebody was refused: `what` they asked for, and `how_often` since the last record of it.
create or replace function record_refusal(what text, reason text, how_often integer, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform record_event('refuse', what, null, null, jsonb_build_object('reason', reason, 'times', how_often));
end
$$;

grant execute on function record_refusal to clinic_api, clinic_realtime;
