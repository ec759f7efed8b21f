-- Locks what an undo may touch: see lock_for_action(). The doctors and rooms are those that the steps of the group name, and
-- steps never change. Gives the appointment of the step.
create or replace function lock_for_undo(target transitions) returns appointments
language plpgsql as $$
declare
  patients_named uuid[];
  doctors_named uuid[];
  rooms_named uuid[];
begin
  -- In a statement of its own: as a part of the next one it may be made again for every patient of the clinic.
  select array_agg(appointment.patient_id) into patients_named
  from transitions step
  join appointments appointment on (appointment.clinic_id, appointment.id) = (step.clinic_id, step.appointment_id)
  where step.clinic_id = target.clinic_id and (step.id = target.id or step.group_id = target.group_id);
  perform from patients where clinic_id = target.clinic_id and id = any (patients_named)
  order by id
  for key share;
  select
    array_agg(step.doctor_id) || array_agg((step.before ->> 'doctor_id')::uuid)
      || array_agg((step.before ->> 'return_doctor_id')::uuid),
    -- A place is filled and emptied again in one transaction.
    array_agg((step.before ->> 'room_id')::uuid) || array_agg(step.place_id)
  into doctors_named, rooms_named
  from transitions step
  where step.clinic_id = target.clinic_id and (step.id = target.id or step.group_id = target.group_id);
  return lock_for_action(target.clinic_id, target.appointment_id, doctors_named, rooms_named);
end
$$;
