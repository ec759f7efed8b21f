-- The rooms that these doctors have on a date instead of their usual ones. Volatile, so that they are what is committed now,
-- and not when the statement began.
create or replace function rooms_of_day(in_clinic uuid, on_date date, of_doctors uuid[]) returns uuid[]
language plpgsql volatile as $$
begin
  return (
    select coalesce(array_agg(room_id order by doctor_id), '{}')
    from doctor_days
    where (clinic_id, date) = (in_clinic, on_date) and doctor_id = any (of_doctors) and room_id is not null
  );
end
$$;
