-- Whether a doctor has a schedule that is valid on a date, or blocks of that date's own: then appointments begin in the slots
-- of it alone, and on a date without a block there are none.
create or replace function has_schedule(in_clinic uuid, of_doctor uuid, on_date date) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select from schedule_blocks
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and daterange(valid_from, valid_until, '[]') @> on_date
  ) or exists (
    select from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and has_own_blocks
  );
end
$$;
