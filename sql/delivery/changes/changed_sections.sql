-- Which sections of a clinic's date changed since a revision, and what is said of the date with each of them: the epoch, its
-- revision and the time of its last change. When nothing changed there is one row, without a doctor.
create or replace function changed_sections(in_clinic uuid, on_date date, since bigint)
returns table (
  epoch uuid, revision bigint, changed_at timestamptz, doctor_id uuid, doctor_name text, section_revision bigint
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at, doctor.id, doctor.name, doctor_day.revision
  from clinics clinic
  left join clinic_days day on (day.clinic_id, day.date) = (in_clinic, on_date)
  left join (
    doctor_days doctor_day
    join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, doctor_day.doctor_id)
  ) on (doctor_day.clinic_id, doctor_day.date) = (in_clinic, on_date) and doctor_day.revision > since
  where clinic.id = in_clinic
$$;

grant execute on function changed_sections to clinic_realtime;
