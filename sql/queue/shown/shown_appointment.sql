-- An appointment with its entry in the queue, as an action answers with it. A patient ('P') sees of the entry what the
-- patient's view shows.
create or replace function shown_appointment(in_clinic uuid, of_appointment uuid, kind text) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'id', appointment.id,
      'patient_id', appointment.patient_id,
      'doctor_id', appointment.doctor_id,
      'date', appointment.date,
      'slot', appointment.slot,
      'time_slot', appointment.time_slot,
      'starts_at', utc_text(starts_at(appointment, clinic)),
      'wall_time', wall_time(coalesce(appointment.wall_minute, appointment.time_slot * 60)),
      'ends_at', utc_text(appointment.ends_at),
      'ticket', appointment.ticket,
      'status', appointment.status,
      'source', appointment.source,
      'outcome', appointment.outcome,
      'mode', appointment.mode,
      'rescheduled_from', appointment.rescheduled_from,
      'rescheduled_to', appointment.rescheduled_to,
      'created_at', utc_text(appointment.created_at),
      'updated_at', utc_text(appointment.updated_at),
      'queue', case when entry.stage is not null then
        case when kind = 'P' then own_entry(entry) else shown_entry(entry) end
      end,
      'note', appointment.note,
      'reason', appointment.reason,
      'confirmation_code', appointment.confirmation_code
    ) - case kind when 'S' then '{}' when 'P' then '{note,reason}' else '{confirmation_code}' end::text[]
    from appointments appointment
    join clinics clinic on clinic.id = appointment.clinic_id
    left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
    where (appointment.clinic_id, appointment.id) = (in_clinic, of_appointment)
  );
end
$$;
