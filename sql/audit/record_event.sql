-- Adds to the audit trail what somebody did, with who that is from act_as(). `in_clinic` is null for what is no clinic's.
create or replace function record_event(
  in_clinic uuid, what text, on_entity text, on_id text, old_values jsonb default null, new_values jsonb default null
) returns void
language plpgsql as $$
declare
  actor jsonb := nullif(current_setting('clinic_queue.actor', true), '');
begin
  insert into audit_events (
    clinic_id, action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after
  )
  values (
    in_clinic, what, on_entity, on_id, actor ->> 'sub', actor ->> 'role',
    case when actor is null then 'sql: ' || session_user else actor ->> 'name' end,
    (actor ->> 'session')::uuid, actor ->> 'address', actor ->> 'request_id', old_values, new_values
  );
end
$$;
