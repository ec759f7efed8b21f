-- What a step changes of an entry, and under `appointment` of the appointment, as it was before: what an undo restores.
create or replace function changed_from(
  old_entry queue_entries, new_entry queue_entries, old_appointment appointments, new_appointment appointments
) returns jsonb
language sql stable as $$
  select case when old_entry.stage is null then '{"stage": null}' else (
      select coalesce(jsonb_object_agg(key, old.value), '{}')
      from jsonb_each(to_jsonb(old_entry) - array['id', 'version', 'transition_count', 'status']) old
      join jsonb_each(to_jsonb(new_entry)) new using (key)
      where old.value <> new.value
    ) end || coalesce((
      select jsonb_build_object('appointment', jsonb_object_agg(key, old.value))
      from jsonb_each(to_jsonb(old_appointment) - array['updated_at']) old
      join jsonb_each(to_jsonb(new_appointment)) new using (key)
      where old.value <> new.value
      having count(*) > 0
    ), '{}')
$$;
