-- Records how a doctor's date is: `changes` has what changes, as JSON, of state, returns_at, notice, room_id, capacity and
-- sessions. A doctor returns from `away` alone, so every other state forgets the time. What is free because the doctor is there
-- after all, works at other times or sees more patients is offered to whoever waits.
-- Raises CQ001 when there is no such doctor or room · CQ019 see set_day_blocks().
create or replace function set_doctor_day(in_clinic uuid, for_doctor uuid, on_date date, changes jsonb, actor jsonb)
returns doctor_days
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doctor doctors;
  before doctor_days;
  day doctor_days;
  seen_rooms uuid[];
  rooms_of_sessions uuid[];
begin
  perform act_as(actor);
  doctor := lock_known_doctor(in_clinic, for_doctor);
  perform require_area_and_room(in_clinic, null, (changes ->> 'room_id')::uuid);
  select array_agg((session ->> 'room_id')::uuid) into rooms_of_sessions
  from jsonb_array_elements(case when jsonb_typeof(changes -> 'sessions') = 'array' then changes -> 'sessions' end) session;
  seen_rooms := lock_rooms_of_day(in_clinic, on_date, array[for_doctor], rooms_of_sessions);
  perform lock_days(in_clinic, array[on_date, waitlist_date(in_clinic)]);
  perform require_rooms_of_day(in_clinic, on_date, array[for_doctor], seen_rooms);
  insert into doctor_days (clinic_id, doctor_id, date) values (in_clinic, for_doctor, on_date) on conflict do nothing;
  select * into before from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, for_doctor);
  update doctor_days known
  set (state, returns_at, notice, room_id, capacity, availability_id, updated_by, updated_at) = (
    select changed.state, case when changed.state = 'away' then changed.returns_at end, changed.notice, changed.room_id,
      changed.capacity, coalesce(known.availability_id, gen_random_uuid()), actor ->> 'name', clinic_now(in_clinic)
    from jsonb_populate_record(known, changes) changed
  )
  where (clinic_id, date, doctor_id) = (in_clinic, on_date, for_doctor)
  returning * into day;
  if changes ? 'sessions' then
    perform set_day_blocks(in_clinic, for_doctor, on_date, changes -> 'sessions');
    select * into day from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, for_doctor);
  end if;
  if changes ? 'sessions' or day.is_present > before.is_present
    -- No date takes more than a thousand.
    or coalesce(day.capacity, doctor.daily_capacity, 1000) > coalesce(before.capacity, doctor.daily_capacity, 1000)
  then
    perform offer_free_slots(in_clinic, for_doctor, on_date, on_date, clinic_now(in_clinic));
  end if;
  return day;
end
$$;

grant execute on function set_doctor_day to clinic_api;
