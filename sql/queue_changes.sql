-- What changed in a date's queue since a revision; since 0, all of it. One statement, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor.
create or replace function queue_changes(on_date date, since bigint)
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, appointment_count integer, section text
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at,
    changed.doctor_id, changed.name, changed.revision, changed.appointment_count, changed.section
  from clinic
  left join clinic_days day on day.date = on_date
  left join lateral (
    select doctor.id as doctor_id, doctor.name, doctor_day.revision, listed.appointment_count,
      case when listed.appointment_count > 0 then format(
        '{"doctor":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
        (select row_to_json(d) from (select doctor.id, doctor.name, doctor.code, doctor.specialty) d),
        case when doctor_day.is_present then 'true' else 'false' end,
        listed.appointment_count, listed.checked_in_count, listed.appointments
      ) end as section
    from doctor_days doctor_day
    join doctors doctor on doctor.id = doctor_day.doctor_id
    cross join lateral (
      select count(*)::integer as appointment_count,
        count(*) filter (where a.status = 'checked_in') as checked_in_count,
        string_agg(row_to_json(a)::text, ',' order by a.slot) as appointments
      from (
        select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status,
          (select p from (select patient.id, patient.name, patient.phone, patient.age, patient.gender) p) as patient,
          case when entry.id is not null then (
            select q from (
              select entry.position, entry.status,
                to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
            ) q
          ) end as queue
        from appointments appointment
        join patients patient on patient.id = appointment.patient_id
        left join queue_entries entry on entry.appointment_id = appointment.id
        where (appointment.date, appointment.doctor_id) = (on_date, doctor_day.doctor_id)
          and appointment.status <> 'cancelled'
      ) a
    ) listed
    where doctor_day.date = on_date and doctor_day.revision > since
  ) changed on true
$$;
