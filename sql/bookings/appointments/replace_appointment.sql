-- Writes a move: cancels the old appointment as rescheduled, and books the new one in its place. The caller has checked and
-- locked all. `chosen` is the place that free_place() gave.
create or replace function replace_appointment(
  old appointments, with_doctor uuid, on_date date, chosen record, at_hour integer, moment timestamptz
) returns appointments
language plpgsql as $$
declare
  moved appointments;
begin
  -- The old one first, because its slot and time may be the new one's.
  update appointments
  set status = 'cancelled', outcome = 'rescheduled', cancelled_at = moment, updated_at = moment
  where (clinic_id, id) = (old.clinic_id, old.id);
  insert into appointments (
    clinic_id, patient_id, doctor_id, date, slot, time_slot, wall_minute, starts_at, ends_at, mode, note, reason,
    rescheduled_from, created_at, updated_at
  )
  values (
    old.clinic_id, old.patient_id, with_doctor, on_date, chosen.slot, coalesce(at_hour, chosen.wall_minute / 60 % 24),
    chosen.wall_minute, chosen.starts_at, chosen.ends_at, old.mode, old.note, old.reason, old.id, moment, moment
  )
  returning * into moved;
  update appointments set rescheduled_to = moved.id where (clinic_id, id) = (old.clinic_id, old.id);
  perform end_holds(moved);
  return moved;
end
$$;
