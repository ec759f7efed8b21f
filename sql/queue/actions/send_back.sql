-- After a patient was served by a colleague or a service: brings them back to the doctor who sent them and wants to see them
-- again, with the old turn. One group with the step that served them, so that both are undone together.
create or replace function send_back(served transitions, moment timestamptz) returns transitions
language plpgsql as $$
declare
  entry queue_entries;
begin
  select * into entry from queue_entries
  where (clinic_id, appointment_id) = (served.clinic_id, served.appointment_id);
  return move_entry(
    entry, 'return', 'X',
    jsonb_build_object(
      'doctor_id', entry.return_doctor_id,
      'position', next_position(entry.clinic_id, entry.date, entry.return_doctor_id), 'turn_at', entry.return_turn_at,
      'return_doctor_id', null, 'return_turn_at', null
    ),
    moment, served.group_id
  );
end
$$;
