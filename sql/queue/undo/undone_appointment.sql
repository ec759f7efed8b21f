-- The appointment as it was before a step that is taken back. Where somebody else has its slot or its time by now, it gets
-- another slot from 1001, also where the number is the one that it has with another doctor. A walk-in without its entry is
-- nothing any more: it is cancelled, and its ticket is burnt.
create or replace function undone_appointment(appointment appointments, moved queue_entries, before jsonb)
returns appointments
language plpgsql as $$
begin
  appointment := jsonb_populate_record(appointment, before -> 'appointment');
  if moved.stage is null then
    appointment.status := case when appointment.source = 'walk_in' then 'cancelled' else 'booked' end;
    appointment.outcome := case when appointment.source = 'walk_in' then 'cancelled_by_clinic' end;
  end if;
  appointment.doctor_id := moved.doctor_id;
  if exists (
    select from appointments other
    where (other.clinic_id, other.date, other.doctor_id) = (appointment.clinic_id, appointment.date, appointment.doctor_id)
      and other.status <> 'cancelled' and other.id <> appointment.id
      and (other.slot = appointment.slot or (
        other.slot <= 1000 and appointment.slot <= 1000
        and tstzrange(other.starts_at, other.ends_at) && tstzrange(appointment.starts_at, appointment.ends_at)
        and num_nulls(other.starts_at, appointment.starts_at) = 0
      ))
  ) then
    appointment.slot := free_slot_beyond(appointment.clinic_id, appointment.date, appointment.doctor_id);
  end if;
  return appointment;
end
$$;
