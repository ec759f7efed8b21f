-- Offers a slot that became free to whoever waits for it: with a doctor, at a time that is to come. Nothing where nobody waits:
-- see add_offer(). The caller holds the slot's date, and today's.
create or replace function offer_slot(in_clinic uuid, with_doctor uuid, at_start timestamptz, moment timestamptz) returns void
language plpgsql as $$
declare
  waiting integer;
begin
  if at_start is null or at_start <= moment then
    return;
  end if;
  select count(*) into waiting from waitlist_matches(in_clinic, with_doctor, at_start);
  if waiting = 0 or not exists (
    select from doctor_slots(in_clinic, with_doctor, clinic_date(in_clinic, at_start), clinic_date(in_clinic, at_start), moment) slot
    where slot.starts_at = at_start and slot.status = 'free'
  ) then
    return;
  end if;
  perform add_offer(in_clinic, with_doctor, at_start, waiting, moment);
end
$$;
