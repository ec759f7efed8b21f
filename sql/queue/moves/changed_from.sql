-- What a step changes of an entry, and under `appointment` of the appointment, as it was before: what an undo restores. Of an
-- entry that comes into the queue that is its stage alone.
create or replace function changed_from(
  old_entry queue_entries, new_entry queue_entries, old_appointment appointments, new_appointment appointments
) returns jsonb
language plpgsql stable as $$
declare
  before jsonb := '{"stage": null}';
  new_values constant jsonb := to_jsonb(new_entry);
  new_booked jsonb;
begin
  if old_entry.stage is not null then
    select coalesce(jsonb_object_agg(key, value), '{}') into before
    from jsonb_each(to_jsonb(old_entry))
    where value is distinct from new_values -> key and key not in ('version', 'transition_count', 'status');
  end if;
  if new_appointment is distinct from old_appointment then
    new_booked := to_jsonb(new_appointment);
    before := before || jsonb_build_object('appointment', (
      select jsonb_object_agg(key, value)
      from jsonb_each(to_jsonb(old_appointment))
      where value is distinct from new_booked -> key
    ));
  end if;
  return before;
end
$$;
