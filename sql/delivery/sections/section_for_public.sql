-- What everybody in the waiting room reads of a doctor's date: no patient's data. `patient.name` is the ticket, or what the
-- clinic shows of a name; of an entry there is who waits, and who is called to which room. Nobody is shown who does not come
-- in person. No row when no appointment is left.
create or replace function section_for_public(in_clinic uuid, on_date date, of_doctor uuid)
returns table (appointment_count integer, section text, area_id uuid)
language sql stable as $$
  select listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,%s,"total_appointments":%s,"checked_in_count":%s,"calls":%s,'
      '"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present, head.day,
    listed.appointment_count, listed.checked_in_count, shown_calls(in_clinic, on_date, of_doctor, true), listed.appointments
  ), head.area_id
  from clinics clinic
  cross join section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (
    select head.id, head.name, head.code, case when clinic.public_specialty then head.specialty end as specialty
  ) shown_doctor
  cross join lateral (
    select count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join ordered_entries(in_clinic, on_date, of_doctor) entry on entry.appointment_id = appointment.id
    cross join lateral (
      select null::uuid as id,
        public_name(patient.name, appointment.ticket, patient.ticket_only, clinic.public_names) as name,
        null::text as phone, null::integer as age, null::text as gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status, entry.checked_in_at,
        case when entry.stage in ('waiting', 'called') then entry.stage end as stage, entry.rank,
        case when entry.stage = 'called' then entry.room end as room,
        case when entry.stage = 'called' then entry.called_at end as called_at,
        case when entry.stage = 'called' then entry.call_count end as call_count
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status, appointment.ticket,
        row_to_json(shown_patient) as patient,
        case when entry.stage is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled' and appointment.mode = 'in_person'
  ) listed
  where clinic.id = in_clinic and listed.appointment_count > 0
$$;

grant execute on function section_for_public to clinic_realtime;
