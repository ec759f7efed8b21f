-- Ends a hold of the caller's. One that is not there, or somebody else's, is no news: nothing is done.
create or replace function release_hold(in_clinic uuid, hold uuid, actor jsonb) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from slot_holds where (clinic_id, id, caller) = (in_clinic, hold, caller_of(actor))
$$;

grant execute on function release_hold to clinic_api;
