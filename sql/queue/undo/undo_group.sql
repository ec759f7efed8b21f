-- Takes back a step and the others of its group, newest first; gives the undo of the step itself. Raises CQ008 when one of
-- them is not the newest step of its entry any more; the detail tells which is.
create or replace function undo_group(target transitions, moment timestamptz) returns transitions
language plpgsql as $$
declare
  in_group constant uuid := case when target.group_id is not null then gen_random_uuid() end;
  step transitions;
  newest transitions;
  entry queue_entries;
  undone transitions;
  result transitions;
begin
  for step in
    select * from transitions one
    where one.clinic_id = target.clinic_id and (one.id = target.id or one.group_id = target.group_id)
    -- The call of a group comes after what made room for it, and the way back after the service.
    order by one.action in ('call_next', 'return') desc, one.ordinal desc
  loop
    newest := newest_step(step.clinic_id, step.appointment_id);
    if newest.id is distinct from step.id then
      raise 'Not possible: something else happened after it' using errcode = 'CQ008', detail = jsonb_build_object(
        'newest', newest.id, 'appointment_id', step.appointment_id
      )::text;
    end if;
    select * into entry from queue_entries
    where (clinic_id, appointment_id) = (step.clinic_id, step.appointment_id);
    undone := move_entry(
      entry, 'undo', 'X', jsonb_build_object('before', step.before, 'undoes', step.id), moment, in_group
    );
    if step.id = target.id then
      result := undone;
    end if;
  end loop;
  return result;
end
$$;
