-- Offers the free slots of a doctor's dates that somebody waits for, earliest first: see offer_slot(). At most as many as
-- wait for the doctor.
create or replace function offer_free_slots(
  in_clinic uuid, with_doctor uuid, from_date date, until_date date, moment timestamptz
) returns void
language plpgsql as $$
declare
  slot record;
  left_to_offer integer := (
    select count(*) from waitlist waiting
    join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, with_doctor)
    where waiting.clinic_id = in_clinic and waiting.state = 'waiting' and waiting.last_date >= from_date
      and (waiting.doctor_id = with_doctor or lower(waiting.specialty) = lower(doctor.specialty))
  );
begin
  if left_to_offer = 0 then
    return;
  end if;
  for slot in
    select * from doctor_slots(in_clinic, with_doctor, from_date, until_date, moment) free where free.status = 'free'
  loop
    if exists (select from waitlist_matches(in_clinic, with_doctor, slot.starts_at)) then
      perform offer_slot(in_clinic, with_doctor, slot.starts_at, moment);
      left_to_offer := left_to_offer - 1;
    end if;
    exit when left_to_offer = 0;
  end loop;
end
$$;
