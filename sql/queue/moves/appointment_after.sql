-- The appointment as an action on its entry leaves it: its status and outcome follow from the stage, and doctor and slot
-- from a transfer. A slot beyond a transfer is one from 1001, which no capacity counts.
create or replace function appointment_after(
  appointment appointments, moved queue_entries, action text, details jsonb, moment timestamptz
) returns appointments
language plpgsql as $$
begin
  if action = 'undo' then
    return undone_appointment(appointment, moved, details -> 'before');
  end if;
  appointment.status := case when moved.stage = 'served' then 'completed' else 'checked_in' end;
  appointment.outcome := case when moved.stage in ('served', 'no_show', 'left') then moved.stage end;
  if moved.doctor_id <> appointment.doctor_id then
    appointment.doctor_id := moved.doctor_id;
    appointment.slot := free_slot_beyond(moved.clinic_id, moved.date, moved.doctor_id);
  end if;
  return appointment;
end
$$;
