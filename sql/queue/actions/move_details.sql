-- The details of a move for move_entry(): the neighbour's turn, and a place right before or after the neighbour among those
-- of equal turn, whose ties are numbered anew.
--
-- Numbered are also those who do not wait, those of another priority and the moved one itself, in the order that they have: so
-- whoever is back later, and a move that is undone, finds the old place among them.
-- Raises CQ019 when the neighbour is not one: not waiting for the same doctor, or of another priority.
create or replace function move_details(entry queue_entries, request jsonb) returns jsonb
language plpgsql as $$
declare
  field constant text := case when request ? 'before_appointment' then 'before_appointment' else 'after_appointment' end;
  neighbour queue_entries;
  new_tie integer;
begin
  select * into neighbour from queue_entries
  where (clinic_id, date, doctor_id) = (entry.clinic_id, entry.date, entry.doctor_id)
    and appointment_id = (request ->> field)::uuid and id <> entry.id
    and stage = 'waiting' and priority = entry.priority;
  if not found then
    raise '%: must be another patient who waits for the same doctor, with the same priority', field
      using errcode = 'CQ019', detail = field;
  end if;

  update queue_entries known
  set tie = numbered.tie
  from (
    select equal.id, 2 * row_number() over (order by equal.tie, appointment.slot, equal.checked_in_at, equal.id) as tie
    from queue_entries equal
    join appointments appointment on (appointment.clinic_id, appointment.id) = (equal.clinic_id, equal.appointment_id)
    where (equal.clinic_id, equal.date, equal.doctor_id) = (entry.clinic_id, entry.date, entry.doctor_id)
      and equal.turn_at = neighbour.turn_at and equal.stage is not null
  ) numbered
  where (known.clinic_id, known.id) = (entry.clinic_id, numbered.id) and known.tie <> numbered.tie;
  select tie into new_tie from queue_entries where (clinic_id, id) = (entry.clinic_id, neighbour.id);
  return jsonb_build_object(
    'turn_at', neighbour.turn_at, 'tie', new_tie + case when field = 'before_appointment' then -1 else 1 end
  );
end
$$;
