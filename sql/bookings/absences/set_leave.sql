-- Records that a doctor is not there on all dates of a range, or, with `is_back`, that the doctor is there again on those where
-- the doctor was not: then what is free in the next 60 days is offered to whoever waits. Gives the appointments that are booked
-- on dates where the doctor is absent now, with whom to telephone: see to_be_told().
--
-- Raises CQ001 no such doctor · CQ003 the range begins before today.
create or replace function set_leave(
  in_clinic uuid, of_doctor uuid, from_date date, until_date date, why text, is_back boolean, actor jsonb
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today constant date := clinic_today(in_clinic);
  seen_rooms constant uuid[] := array(
    select distinct room_id from doctor_days
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and date between from_date and until_date and room_id is not null
  );
  moment timestamptz;
  first_back date;
  last_back date;
begin
  perform act_as(actor);
  perform lock_known_doctor(in_clinic, of_doctor);
  if from_date < today then
    raise 'Leave begins today or later, and % is over', from_date using errcode = 'CQ003';
  end if;
  perform lock_schedule_rooms(in_clinic, of_doctor);
  -- Those of the dates, too, before the dates: see lock_rooms_of_day().
  perform from rooms where clinic_id = in_clinic and id = any (seen_rooms) order by id for key share;
  perform lock_days(
    in_clinic,
    case when is_back then waitlist_date(in_clinic) end
      || array(select from_date + day from generate_series(0, until_date - from_date) day)
  );
  if exists (
    select from doctor_days
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and date between from_date and until_date
      and room_id is not null and room_id <> all (seen_rooms)
  ) then
    raise 'The day was changed meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  moment := clinic_now(in_clinic);
  if is_back then
    with back as (
      update doctor_days set state = 'present', updated_by = actor ->> 'name', updated_at = moment
      where (clinic_id, doctor_id) = (in_clinic, of_doctor) and date between from_date and until_date and state = 'absent'
      returning date
    )
    select min(date), max(date) into first_back, last_back from back;
    perform offer_free_slots(in_clinic, of_doctor, first_back, least(last_back, today + 60), moment);
  else
    perform open_doctor_day(in_clinic, of_doctor, from_date + day) from generate_series(0, until_date - from_date) day;
    update doctor_days
    set state = 'absent', returns_at = null, notes = coalesce(why, notes),
      availability_id = coalesce(availability_id, gen_random_uuid()), updated_by = actor ->> 'name', updated_at = moment
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and date between from_date and until_date and state <> 'absent';
  end if;
  return to_be_told(in_clinic, array(
    select (conflict.appointment).id from booking_conflicts(in_clinic, of_doctor, from_date, until_date) conflict
    where conflict.why = 'absent'
  ));
end
$$;

grant execute on function set_leave to clinic_api;
