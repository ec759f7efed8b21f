-- An entry as staff and doctors see it in the answers of REST; null for somebody without a stage. It says what
-- ordered_entries() does, and looks at the others of the queue only for somebody who waits.
create or replace function shown_entry(entry queue_entries) returns jsonb
language plpgsql stable as $$
begin
  if entry.stage is null then
    return null;
  end if;
  return jsonb_build_object(
    'position', entry.position,
    'status', entry.status,
    'checked_in_at', utc_text(entry.checked_in_at),
    'stage', entry.stage,
    'rank', case when entry.stage = 'waiting' then (
      select rank from waiting_in_order(entry.clinic_id, entry.date, entry.doctor_id) waiting
      where waiting.appointment_id = entry.appointment_id
    ) end,
    'version', entry.version,
    'place_id', entry.place_id,
    'room', case when entry.room_id is not null then (
      select jsonb_build_object('id', id, 'name', name) from rooms where (clinic_id, id) = (entry.clinic_id, entry.room_id)
    ) end,
    'turn_at', utc_text(entry.turn_at),
    'priority', entry.priority,
    'called_at', utc_text(entry.called_at),
    'call_count', entry.call_count,
    'started_at', utc_text(entry.started_at),
    'consulted_s', entry.consulted_s,
    'completed_at', utc_text(entry.completed_at),
    'hold_reason', entry.hold_reason,
    'answer', entry.answer
  );
end
$$;
