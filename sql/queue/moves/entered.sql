-- The entry of somebody who comes into the queue, anew where an earlier check-in was undone. `arrival` has position, turn_at
-- and checked_in_at.
create or replace function entered(entry queue_entries, arrival jsonb) returns queue_entries
language plpgsql stable as $$
begin
  entry.priority := 0;
  entry.tie := 0;
  entry.place_id := null;
  entry.room_id := null;
  entry.called_at := null;
  entry.announced_at := null;
  entry.call_count := 0;
  entry.started_at := null;
  entry.consulting_since := null;
  entry.consulted_s := 0;
  entry.completed_at := null;
  entry.requeue_count := 0;
  entry.return_doctor_id := null;
  entry.return_turn_at := null;
  return jsonb_populate_record(entry, arrival);
end
$$;
