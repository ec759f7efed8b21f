-- The blocks of a doctor's date: those of the date itself, where it has blocks of its own, and else of the weekly schedule.
create or replace function doctor_blocks(in_clinic uuid, of_doctor uuid, on_date date)
returns table (minutes int4range, slot_minutes smallint, room_id uuid)
language plpgsql stable as $$
#variable_conflict use_column
begin
  if exists (
    select from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and has_own_blocks
  ) then
    return query
    select minutes, slot_minutes, room_id from day_blocks
    where (clinic_id, doctor_id, date) = (in_clinic, of_doctor, on_date);
  else
    return query
    select minutes, slot_minutes, room_id from schedule_blocks
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and weekday = extract(isodow from on_date)
      and daterange(valid_from, valid_until, '[]') @> on_date;
  end if;
end
$$;
