-- The places on the waitlist of those who wait for slots of a doctor, by when each slot begins: they asked for the doctor or the
-- specialty and for a time that it is in, are not booked with the doctor then, did not say no to it, and have no earlier
-- appointment that they would give up: see in_place_of().
--
-- Of many slots at once, because what each place gives up is looked up once.
create or replace function matching_places(in_clinic uuid, with_doctor uuid, moments timestamptz[])
returns table (starts_at timestamptz, place waitlist)
language plpgsql stable as $$
#variable_conflict use_column
declare
  timezone constant text := (select clinic.timezone from clinics clinic where clinic.id = in_clinic);
  offered doctors;
begin
  select * into offered from doctors where (clinic_id, id) = (in_clinic, with_doctor);
  return query
  with wish as materialized (
    -- One that is without a time counts as the end of its date.
    select waiting, kept.id as kept_id,
      coalesce(kept.starts_at, (kept.date + 1)::timestamp at time zone timezone, 'infinity') as kept_from
    from waitlist waiting
    left join lateral in_place_of(in_clinic, waiting.appointment_id) kept on kept.status = 'booked'
    where waiting.clinic_id = in_clinic and waiting.state = 'waiting'
      and (waiting.doctor_id = with_doctor or lower(waiting.specialty) = lower(offered.specialty))
  ), slot as materialized (
    select moment, clinic_date(in_clinic, moment) as on_date from unnest(moments) moment
  )
  select slot.moment, wish.waiting
  from slot
  join wish on slot.moment < wish.kept_from and slot.on_date between (wish.waiting).first_date and (wish.waiting).last_date
  where not exists (
      select from waitlist_answers said
      where (said.clinic_id, said.waitlist_id, said.doctor_id, said.starts_at)
          = (in_clinic, (wish.waiting).id, with_doctor, slot.moment)
        and said.answer <> 'no_answer'
    )
    and not exists (
      select from appointments other
      where (other.clinic_id, other.patient_id, other.date, other.doctor_id)
          = (in_clinic, (wish.waiting).patient_id, slot.on_date, with_doctor)
        and other.status in ('booked', 'checked_in') and other.id is distinct from wish.kept_id
    );
end
$$;

grant execute on function matching_places to clinic_api;
