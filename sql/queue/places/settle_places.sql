-- Records which places a step filled or emptied: `after` of a place is the newest such step, which callers of "next" compare.
-- `details` of a call by "next" has `seen`: what its caller compared.
create or replace function settle_places(
  old_entry queue_entries, new_entry queue_entries, step transitions, details jsonb
) returns void
language plpgsql as $$
declare
  is_next constant boolean := details ? 'seen';
  emptied constant uuid := case when holds_place(old_entry.stage) then old_entry.place_id end;
  filled constant uuid := case when holds_place(new_entry.stage) then new_entry.place_id end;
begin
  if emptied is not distinct from filled then
    return;
  end if;
  if emptied is not null then
    update day_places set after = step.id, appointment_id = null
    where (clinic_id, date, place_id) = (old_entry.clinic_id, old_entry.date, emptied);
  end if;
  if filled is not null then
    -- The caller holds the day's lock, so nobody adds the place in between. "On conflict" would fire the triggers of an insert
    -- that is none.
    update day_places known
    set after = step.id,
        appointment_id = new_entry.appointment_id,
        next_after = case when is_next then (details ->> 'seen')::uuid else known.next_after end,
        next_transition = case when is_next then step.id else known.next_transition end,
        doctor_ids = case
          when new_entry.doctor_id = any (known.doctor_ids) then known.doctor_ids
          else known.doctor_ids || new_entry.doctor_id
        end
    where (clinic_id, date, place_id) = (new_entry.clinic_id, new_entry.date, filled);
    if not found then
      insert into day_places (
        clinic_id, date, place_id, room_id, doctor_ids, after, appointment_id, next_after, next_transition
      )
      values (
        new_entry.clinic_id, new_entry.date, filled, new_entry.room_id, array[new_entry.doctor_id], step.id,
        new_entry.appointment_id, (details ->> 'seen')::uuid, case when is_next then step.id end
      );
    end if;
  end if;
end
$$;
