-- Gives the epoch, the name of this history of revisions, and renews it when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- one of these: another cluster (system identifier), another timeline (recovery, failover), another database or
-- another table of that name (pg_restore). What it does not show in, a restore of rows alone into the same
-- tables, needs `update clinic set history = null` afterwards.
--
-- With the rights of the owner: the realtime process may write nothing itself.
create or replace function confirm_epoch() returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  current_history text;
  current_epoch uuid;
begin
  select concat_ws('.', cluster.system_identifier, checkpoint.timeline_id, db.oid, 'clinic_days'::regclass::oid)
  into current_history
  from pg_control_system() cluster, pg_control_checkpoint() checkpoint, pg_database db
  where db.datname = current_database();

  update clinic set epoch = gen_random_uuid(), history = current_history
  where history is distinct from current_history
  returning epoch into current_epoch;

  if found then
    -- Transaction ids of another cluster mean nothing here: one that happens to be equal would hide a change.
    update clinic_days set changed_in = null where changed_in is not null;
  else
    select epoch into current_epoch from clinic;
  end if;
  return current_epoch;
end
$$;

grant execute on function confirm_epoch to clinic_api, clinic_realtime;
