-- What staff read of a doctor's date: everything. No row when no appointment is left.
create or replace function section_for_staff(in_clinic uuid, on_date date, of_doctor uuid)
returns table (appointment_count integer, section text)
language sql stable as $$
  select listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present,
    listed.appointment_count, listed.checked_in_count, listed.appointments
  )
  from section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (select head.id, head.name, head.code, head.specialty) shown_doctor
  cross join lateral (
    select count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
    cross join lateral (
      select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status,
        to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status, appointment.ticket,
        row_to_json(shown_patient) as patient,
        case when entry.id is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
  ) listed
  where listed.appointment_count > 0
$$;

grant execute on function section_for_staff to clinic_realtime;
