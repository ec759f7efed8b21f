-- Makes these sessions a doctor's weekly schedule; those that stay as they are keep their ids. Appointments stay as they are:
-- what fits no session any more is among booking_conflicts(). Slots of the next 60 days that are free now are offered to
-- whoever waits.
--
-- Raises CQ001 no such doctor or room · CQ019 a session is wrong, or two overlap; the detail names the field, see
-- read_blocks().
create or replace function set_schedule(in_clinic uuid, of_doctor uuid, sessions jsonb, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date;
begin
  perform act_as(actor);
  -- Two who set it at once do so one after the other, and bookings go on.
  perform from doctors where (clinic_id, id) = (in_clinic, of_doctor) for no key update;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  today := clinic_today(in_clinic);
  if exists (select from read_blocks(in_clinic, sessions, today) wanted group by wanted having count(*) > 1) then
    raise exclusion_violation;
  end if;
  delete from schedule_blocks known
  where (clinic_id, doctor_id) = (in_clinic, of_doctor)
    and not exists (select from matched_blocks(in_clinic, of_doctor, sessions, today) where known_id = known.id);
  perform add_blocks(in_clinic, of_doctor, sessions, today);
  if waitlist_date(in_clinic) is not null then
    perform lock_day(in_clinic, today);
    perform offer_free_slots(in_clinic, of_doctor, today, today + 60, clinic_now(in_clinic));
  end if;
exception
  when exclusion_violation then
    raise 'sessions: two of them overlap' using errcode = 'CQ019', detail = 'sessions';
end
$$;

grant execute on function set_schedule to clinic_api;
