-- Records that a file of a kind (patients, …) was imported or exported, with how many lines it had and what became of them.
create or replace function record_transfer(in_clinic uuid, what text, kind text, counts jsonb, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform record_event(in_clinic, what, kind, null, null, counts);
end
$$;

grant execute on function record_transfer to clinic_api;
