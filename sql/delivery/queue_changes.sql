-- What changed in the queue of a clinic's date since a revision; since 0, all of it. One statement, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor.
--
-- A section's room is the doctor's, and its area the doctor's or else the room's.
--
-- `for_view` says who will read it, and what they must not read is not in it:
--   staff    everything
--   public   no patient's data; `patient.name` is the ticket, or what the clinic shows of a name
--   patient  a section for each patient of a doctor, with `patient_id`: their own appointments, and in `queue` how many
--            are `ahead`
create or replace function queue_changes(in_clinic uuid, on_date date, since bigint, for_view text default 'staff')
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, patient_id uuid, appointment_count integer, section text
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at,
    changed.doctor_id, changed.name, changed.revision, changed.patient_id, changed.appointment_count, changed.section
  from clinics clinic
  left join clinic_days day on (day.clinic_id, day.date) = (in_clinic, on_date)
  left join lateral (
    select doctor.id as doctor_id, doctor.name, doctor_day.revision, listed.patient_id,
      coalesce(listed.appointment_count, 0) as appointment_count,
      case when listed.appointment_count > 0 then format(
        '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
        (
          select row_to_json(d) from (
            select doctor.id, doctor.name, doctor.code,
              case when for_view <> 'public' or clinic.public_specialty then doctor.specialty end as specialty
          ) d
        ),
        coalesce((select row_to_json(a)::text from (select area.id, area.name) a where area.id is not null), 'null'),
        coalesce((select row_to_json(r)::text from (select room.id, room.name) r where room.id is not null), 'null'),
        case when doctor_day.is_present then 'true' else 'false' end,
        listed.appointment_count, listed.checked_in_count, listed.appointments
      ) end as section
    from doctor_days doctor_day
    join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, doctor_day.doctor_id)
    left join rooms room on (room.clinic_id, room.id) = (in_clinic, doctor.room_id)
    left join areas area on (area.clinic_id, area.id) = (in_clinic, coalesce(doctor.area_id, room.area_id))
    left join lateral (
      select mine.patient_id, count(*)::integer as appointment_count,
        count(*) filter (where mine.status = 'checked_in') as checked_in_count,
        string_agg(mine.appointment, ',' order by mine.slot) as appointments
      from (
        select appointment.slot, appointment.status,
          case when for_view = 'patient' then appointment.patient_id end as patient_id,
          (
            select row_to_json(a)::text from (
              select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status,
                appointment.ticket,
                case when for_view = 'public' then (
                  select row_to_json(p) from (
                    select null::uuid as id,
                      public_name(patient.name, appointment.ticket, patient.ticket_only, clinic.public_names) as name,
                      null::text as phone, null::integer as age, null::text as gender
                  ) p
                ) else (
                  select row_to_json(p) from (
                    select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
                  ) p
                ) end as patient,
                case when entry.id is not null then (
                  select case when for_view = 'patient' then row_to_json(q) else row_to_json(r) end
                  from (
                    select entry.position, entry.status,
                      to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
                  ) r,
                  lateral (
                    select r.*, case when for_view = 'patient' then (
                      select count(*) from queue_entries before
                      where (before.clinic_id, before.date, before.doctor_id) = (in_clinic, on_date, doctor_day.doctor_id)
                        and before.position < entry.position and before.status = 'waiting'
                    ) end as ahead
                  ) q
                ) end as queue
            ) a
          ) as appointment
        from appointments appointment
        join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
        left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
        where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, doctor_day.doctor_id)
          and appointment.status <> 'cancelled'
      ) mine
      group by mine.patient_id
    ) listed on true
    where (doctor_day.clinic_id, doctor_day.date) = (in_clinic, on_date) and doctor_day.revision > since
  ) changed on true
  where clinic.id = in_clinic
$$;

grant execute on function queue_changes to clinic_realtime;
