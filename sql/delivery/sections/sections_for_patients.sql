-- What each patient of a doctor's date reads of it: their own appointments, and in `queue` how many are `ahead`, and the room
-- once they are called. No row for a patient who has no appointment left.
create or replace function sections_for_patients(in_clinic uuid, on_date date, of_doctor uuid)
returns table (patient_id uuid, appointment_count integer, section text, area_id uuid)
language sql stable as $$
  select listed.patient_id, listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present, head.day,
    listed.appointment_count, listed.checked_in_count, listed.appointments
  ), head.area_id
  from clinics clinic
  cross join section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (select head.id, head.name, head.code, head.specialty) shown_doctor
  cross join lateral (
    select appointment.patient_id, count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join ordered_entries(in_clinic, on_date, of_doctor) entry on entry.appointment_id = appointment.id
    cross join lateral (
      select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status, entry.checked_in_at, entry.stage, entry.rank, entry.ahead,
        case when entry.stage = 'called' then entry.room end as room,
        case when entry.stage = 'called' then entry.called_at end as called_at,
        case when entry.stage = 'called' then entry.call_count end as call_count, entry.answer
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot,
        utc_text(starts_at(appointment, clinic)) as starts_at, utc_text(appointment.ends_at) as ends_at, appointment.status, appointment.ticket, appointment.source,
        appointment.outcome, appointment.mode,
        row_to_json(shown_patient) as patient,
        case when entry.stage is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
    group by appointment.patient_id
  ) listed
  where clinic.id = in_clinic
$$;

grant execute on function sections_for_patients to clinic_realtime;
