-- The entry as an action leaves it; nothing is written. `details` has what the action sets:
--   check_in, walk_in, start of somebody who is not there   entry {position, turn_at, checked_in_at}
--   call_next, call, start                                  place {place_id, room_id, exclusive}
--   hold {reason} · acknowledge {answer} · prioritise {priority} · move {turn_at, tie}
--   transfer, return {doctor_id, position, turn_at?, return_doctor_id?, return_turn_at?}
--   undo {before}: what the step that is taken back had changed
create or replace function moved_entry(
  entry queue_entries, action text, to_stage text, details jsonb, moment timestamptz
) returns queue_entries
language plpgsql stable as $$
declare
  moved queue_entries := entry;
begin
  if action = 'undo' then
    -- An entry whose check-in is taken back keeps all but the stage, for the next check-in.
    moved := jsonb_populate_record(entry, case when to_stage is null then '{"stage": null}' else details -> 'before' end);
    -- An answer belongs to its stage, and is no step: one that was given since is not among what the step had changed.
    if to_stage is distinct from entry.stage and not details -> 'before' ? 'answer' then
      moved.answer := null;
    end if;
    moved.transition_count := entry.transition_count + 1;
    moved.version := entry.version + 1;
    return moved;
  end if;
  moved.stage := to_stage;
  moved.transition_count := entry.transition_count + 1;
  -- What leaves stage and order alone makes nobody's knowledge of the entry old.
  if action not in ('acknowledge', 'recall') then
    moved.version := entry.version + 1;
  end if;
  if to_stage is distinct from entry.stage then
    moved.answer := null;
    moved.hold_reason := null;
  end if;
  if entry.stage = 'in_consultation' and to_stage <> 'in_consultation' then
    moved.consulting_since := null;
    -- Nobody knows when a consultation ended that was left open until the day was closed.
    if action <> 'close' then
      moved.consulted_s := entry.consulted_s + extract(epoch from moment - entry.consulting_since);
    end if;
  end if;

  case action
    when 'check_in', 'walk_in' then
      return entered(moved, details -> 'entry');
    when 'call_next', 'call' then
      moved := jsonb_populate_record(moved, details -> 'place');
      moved.called_at := moment;
      moved.announced_at := moment;
      moved.call_count := entry.call_count + 1;
    when 'recall' then
      moved.announced_at := moment;
      moved.call_count := entry.call_count + 1;
    when 'acknowledge' then
      moved.answer := details ->> 'answer';
    when 'start' then
      if entry.stage is null then
        moved := entered(moved, details -> 'entry');
      end if;
      if entry.stage is distinct from 'called' then
        moved := jsonb_populate_record(moved, details -> 'place');
      end if;
      moved.started_at := coalesce(moved.started_at, moment);
      moved.consulting_since := moment;
    when 'hold' then
      moved.hold_reason := details ->> 'reason';
    when 'serve' then
      moved.completed_at := moment;
    when 'requeue' then
      moved.completed_at := null;
      if entry.stage = 'called' then
        -- The call was a mistake: it leaves the list of calls.
        moved.called_at := null;
        moved.announced_at := null;
        moved.call_count := greatest(entry.call_count - 1, 0);
      else
        moved.requeue_count := entry.requeue_count + 1;
        if entry.requeue_count > 0 then
          moved.turn_at := moment;
          moved.tie := 0;
        end if;
      end if;
    when 'transfer', 'return' then
      moved := jsonb_populate_record(moved, details);
      moved.completed_at := null;
      moved.called_at := null;
      moved.announced_at := null;
      moved.call_count := 0;
      moved.place_id := null;
      moved.room_id := null;
      moved.tie := 0;
    when 'prioritise', 'move' then
      moved := jsonb_populate_record(moved, details);
    else
  end case;
  return moved;
end
$$;
