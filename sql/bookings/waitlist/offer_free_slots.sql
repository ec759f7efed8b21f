-- Offers the free slots of a doctor's dates that somebody waits for, earliest first: see add_offer(). At most as many as
-- wait for the doctor. The caller holds today, and nobody has to hold the dates: whoever books such a slot meanwhile is quicker
-- than whom the desk telephones.
create or replace function offer_free_slots(
  in_clinic uuid, with_doctor uuid, from_date date, until_date date, moment timestamptz
) returns void
language plpgsql as $$
declare
  day record;
  slot record;
  left_to_offer integer;
  first_wanted date;
  last_wanted date;
begin
  select count(*), greatest(min(waiting.first_date), from_date), least(max(waiting.last_date), until_date)
  into left_to_offer, first_wanted, last_wanted
  from waitlist waiting
  join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, with_doctor)
  where waiting.clinic_id = in_clinic and waiting.state = 'waiting'
    and waiting.first_date <= until_date and waiting.last_date >= from_date
    and (waiting.doctor_id = with_doctor or lower(waiting.specialty) = lower(doctor.specialty));
  if left_to_offer = 0 then
    return;
  end if;
  -- Date by date, because the first ones mostly have enough.
  for day in
    select array_agg(free.starts_at) as moments
    from doctor_slots(in_clinic, with_doctor, first_wanted, last_wanted, moment) free
    where free.status = 'free'
    group by free.date
    order by free.date
  loop
    for slot in
      select matching.starts_at, count(*)::integer as waiting
      from matching_places(in_clinic, with_doctor, day.moments) matching
      group by matching.starts_at
      order by matching.starts_at
      limit left_to_offer
    loop
      perform add_offer(in_clinic, with_doctor, slot.starts_at, slot.waiting, moment);
      left_to_offer := left_to_offer - 1;
    end loop;
    exit when left_to_offer = 0;
  end loop;
end
$$;
