-- What staff read of a doctor's date: everything. No row when no appointment is left.
create or replace function section_for_staff(in_clinic uuid, on_date date, of_doctor uuid)
returns table (appointment_count integer, section text, area_id uuid)
language sql stable as $$
  select listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"kind":"%s","is_present":%s,%s,"total_appointments":%s,"checked_in_count":%s,'
      '"waiting_count":%s,"served_count":%s,"places":%s,"calls":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.kind, head.is_present, head.day,
    listed.appointment_count, listed.checked_in_count, listed.waiting_count, listed.served_count,
    shown_places(in_clinic, on_date, of_doctor), shown_calls(in_clinic, on_date, of_doctor, false), listed.appointments
  ), head.area_id
  from clinics clinic
  cross join section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (select head.id, head.name, head.code, head.specialty) shown_doctor
  cross join lateral (
    select count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      count(*) filter (where entry.stage = 'waiting') as waiting_count,
      count(*) filter (where entry.stage = 'served') as served_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join ordered_entries(in_clinic, on_date, of_doctor) entry on entry.appointment_id = appointment.id
    cross join lateral (
      select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender,
        patient.birth_date, patient.needs
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status, entry.checked_in_at, entry.stage, entry.rank, entry.version, entry.place_id,
        entry.room, entry.turn_at, entry.priority, entry.called_at, entry.call_count, entry.started_at, entry.consulted_s,
        entry.completed_at, entry.hold_reason, entry.answer
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot,
        utc_text(starts_at(appointment, clinic)) as starts_at, utc_text(appointment.ends_at) as ends_at, appointment.status, appointment.ticket, appointment.source,
        appointment.outcome, appointment.mode, appointment.note, appointment.reason,
        row_to_json(shown_patient) as patient,
        case when entry.stage is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
  ) listed
  where clinic.id = in_clinic and listed.appointment_count > 0
$$;

grant execute on function section_for_staff to clinic_realtime;
