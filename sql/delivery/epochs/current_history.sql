-- What a restore changes at least one part of, with dots between: the cluster (system identifier), its timeline (recovery,
-- failover), the database, and the table (pg_restore).
create or replace function current_history() returns text
language sql stable as $$
  select concat_ws('.', cluster.system_identifier, checkpoint.timeline_id, db.oid, 'clinic_days'::regclass::oid)
  from pg_control_system() cluster, pg_control_checkpoint() checkpoint, pg_database db
  where db.datname = current_database()
$$;

grant execute on function current_history to clinic_api, clinic_realtime;
