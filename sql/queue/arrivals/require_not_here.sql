-- Raises CQ010 when a patient is booked with a doctor on a date, or in that doctor's queue; the detail names the appointment.
create or replace function require_not_here(in_clinic uuid, on_date date, of_patient uuid, with_doctor uuid) returns void
language plpgsql stable as $$
declare
  other record;
begin
  select appointment.id as appointment_id, appointment.ticket, entry.stage into other
  from appointments appointment
  left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
  where (appointment.clinic_id, appointment.patient_id, appointment.date, appointment.doctor_id)
      = (in_clinic, of_patient, on_date, with_doctor)
    and (appointment.status = 'booked' or entry.stage in ('waiting', 'called', 'in_consultation', 'on_hold', 'skipped'))
  limit 1;
  if found then
    raise 'The patient has an appointment with this doctor today already: %', other.ticket
      using errcode = 'CQ010', detail = to_jsonb(other)::text;
  end if;
end
$$;
