-- Who waits for a slot like this one, longest waiting first: they asked for the doctor or the specialty and for a time that
-- it is in, are not booked with the doctor then, did not say no to it, and have no earlier appointment that they would give up.
create or replace function waitlist_matches(in_clinic uuid, with_doctor uuid, at_start timestamptz) returns setof waitlist
language plpgsql stable as $$
declare
  on_date constant date := clinic_date(in_clinic, at_start);
  timezone constant text := (select clinic.timezone from clinics clinic where clinic.id = in_clinic);
  offered doctors;
begin
  select * into offered from doctors where (clinic_id, id) = (in_clinic, with_doctor);
  return query
  select waiting.* from waitlist waiting
  left join appointments kept
    on (kept.clinic_id, kept.id) = (waiting.clinic_id, waiting.appointment_id) and kept.status = 'booked'
  where waiting.clinic_id = in_clinic and waiting.state = 'waiting'
    and (waiting.doctor_id = with_doctor or lower(waiting.specialty) = lower(offered.specialty))
    and on_date between waiting.first_date and waiting.last_date
    -- One that is without a time counts as the end of its date.
    and at_start < coalesce(kept.starts_at, (kept.date + 1)::timestamp at time zone timezone, 'infinity')
    and not exists (
      select from waitlist_answers said
      where (said.clinic_id, said.waitlist_id, said.doctor_id, said.starts_at)
          = (in_clinic, waiting.id, with_doctor, at_start)
        and said.answer <> 'no_answer'
    )
    and not exists (
      select from appointments other
      where (other.clinic_id, other.patient_id, other.date, other.doctor_id) = (in_clinic, waiting.patient_id, on_date, with_doctor)
        and other.status in ('booked', 'checked_in') and other.id is distinct from waiting.appointment_id
    )
  order by waiting.created_at, waiting.id;
end
$$;

grant execute on function waitlist_matches to clinic_api;
