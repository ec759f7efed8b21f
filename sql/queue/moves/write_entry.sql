-- Writes an entry as a whole: a new row, or all that an action can change of the one that is there.
create or replace function write_entry(entry queue_entries) returns void
language plpgsql as $$
begin
  if entry.id is null then
    insert into queue_entries (
      clinic_id, appointment_id, doctor_id, date, position, checked_in_at, stage, version, transition_count, priority, turn_at,
      place_id, room_id, exclusive, started_at, consulting_since
    )
    values (
      entry.clinic_id, entry.appointment_id, entry.doctor_id, entry.date, entry.position, entry.checked_in_at, entry.stage,
      entry.version, entry.transition_count, entry.priority, entry.turn_at, entry.place_id, entry.room_id, coalesce(entry.exclusive, true),
      entry.started_at, entry.consulting_since
    );
    return;
  end if;
  update queue_entries
  set (
    doctor_id, position, checked_in_at, stage, version, transition_count, priority, turn_at, tie, place_id, room_id,
    exclusive, called_at, announced_at, call_count, started_at, consulting_since, consulted_s, completed_at, hold_reason,
    answer, requeue_count, return_doctor_id, return_turn_at
  ) = (
    entry.doctor_id, entry.position, entry.checked_in_at, entry.stage, entry.version, entry.transition_count,
    entry.priority, entry.turn_at, entry.tie, entry.place_id, entry.room_id, entry.exclusive, entry.called_at,
    entry.announced_at, entry.call_count, entry.started_at, entry.consulting_since, entry.consulted_s, entry.completed_at,
    entry.hold_reason, entry.answer, entry.requeue_count, entry.return_doctor_id, entry.return_turn_at
  )
  where (clinic_id, id) = (entry.clinic_id, entry.id);
end
$$;
