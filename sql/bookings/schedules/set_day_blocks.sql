-- Makes these sessions the blocks of a doctor's date, in place of the weekly schedule's; null: the schedule's count again. The
-- caller holds the day's lock, and the date is known. Raises as read_blocks() does, and CQ019 when two overlap.
create or replace function set_day_blocks(in_clinic uuid, of_doctor uuid, on_date date, sessions jsonb) returns void
language plpgsql as $$
begin
  delete from day_blocks where (clinic_id, doctor_id, date) = (in_clinic, of_doctor, on_date);
  update doctor_days set has_own_blocks = jsonb_typeof(sessions) = 'array'
  where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor);
  if jsonb_typeof(sessions) = 'array' then
    insert into day_blocks (clinic_id, doctor_id, date, minutes, slot_minutes, room_id)
    select in_clinic, of_doctor, on_date, wanted.minutes, wanted.slot_minutes, wanted.room_id
    from read_blocks(in_clinic, sessions, on_date, 'sessions.') wanted;
  end if;
exception
  when exclusion_violation or unique_violation then
    raise 'sessions: two of them overlap' using errcode = 'CQ019', detail = 'sessions';
end
$$;
