-- Books the appointment of a line of a file, see import_appointments(), or records it where it has an outcome, and gives its id.
-- Raises what book_appointment() raises · CQ002 a field is wrong; the message begins with its name · 23P01 the time overlaps
-- another appointment's.
create or replace function import_appointment(in_clinic uuid, given record, actor jsonb) returns uuid
language plpgsql as $$
declare
  clinic clinics;
  today date;
  minute integer;
  starts_at timestamptz;
  next_slot integer;
  new_status text;
  added uuid;
begin
  select * into clinic from clinics where id = in_clinic;
  today := clinic_today(in_clinic);
  if given."time" is not null then
    -- Times before the clinic's day starts are those of the night that ends the date.
    minute := extract(epoch from given."time") / 60 + case when given."time" < clinic.day_starts_at then 1440 else 0 end;
    starts_at := instant_at(given.date + minute * interval '1 minute', clinic.timezone);
    if starts_at is null then
      raise 'time: the clocks of the clinic never show it on this date' using errcode = 'CQ002';
    end if;
  end if;
  if given.outcome is null then
    if given.date < today then
      raise 'outcome: must say how an appointment ended whose date is over' using errcode = 'CQ002';
    end if;
    select id into added from book_appointment(
      in_clinic, given.patient_id, given.doctor_id, given.date, case when minute is null then given.hour end, null, actor,
      given.mode, given.note, starts_at, given.reason
    );
    return added;
  end if;

  new_status := case
    when given.outcome in ('rescheduled', 'cancelled_by_patient', 'cancelled_by_clinic') then 'cancelled'
    when given.outcome = 'served' then 'completed'
    when given.outcome = 'left' then 'checked_in'
    else 'booked'
  end;
  if new_status <> 'cancelled' and given.date > today then
    raise 'outcome: cannot be of an appointment whose date is to come' using errcode = 'CQ002';
  end if;
  if minute is not null and given.minutes is null then
    raise 'minutes: must say how long the appointment was' using errcode = 'CQ002';
  end if;
  perform open_doctor_day(in_clinic, given.doctor_id, given.date);
  next_slot := case
    when given.source = 'walk_in' then free_slot_beyond(in_clinic, given.date, given.doctor_id)
    else (select free_slot from slots_in_use(in_clinic, given.date, given.doctor_id))
  end;
  if given.source = 'booking' and next_slot > 1000 then
    raise 'No available slots for this doctor on %', given.date using errcode = 'CQ005';
  end if;
  insert into appointments (
    clinic_id, patient_id, doctor_id, date, slot, time_slot, wall_minute, starts_at, ends_at, status, outcome, source, mode,
    note, reason, cancelled_at, created_at, updated_at
  )
  select in_clinic, given.patient_id, given.doctor_id, given.date, next_slot, coalesce(minute / 60 % 24, given.hour), minute,
    starts_at, starts_at + given.minutes * interval '1 minute', new_status, nullif(given.outcome, 'unknown'), given.source, given.mode, given.note,
    given.reason, case when new_status = 'cancelled' then moment end, moment, moment
  from clinic_now(in_clinic) moment
  returning id into added;
  return added;
end
$$;
