-- Offers the free slots of the next 60 days of these doctors, `codes`, to whoever waits. After a file with schedules, in a
-- transaction of its own: the day's lock must not be held for as long as the file takes.
create or replace function offer_schedules(in_clinic uuid, codes jsonb, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date;
begin
  perform act_as(actor);
  if waitlist_date(in_clinic) is null then
    return;
  end if;
  today := clinic_today(in_clinic);
  -- Before the day, because a task refers to its doctor.
  perform lock_doctor(in_clinic, id) from (
    select id from doctors where clinic_id = in_clinic and codes ? code order by id
  ) doctor;
  perform lock_day(in_clinic, today);
  perform offer_free_slots(in_clinic, doctor.id, today, today + 60, clinic_now(in_clinic))
  from doctors doctor
  where doctor.clinic_id = in_clinic and codes ? doctor.code and doctor.retired_at is null;
end
$$;

grant execute on function offer_schedules to clinic_api;
