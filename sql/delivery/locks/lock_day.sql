-- Takes the row lock of a clinic's date, which is held until commit: what follows in this transaction is alone on that date.
--
-- Order of locks everywhere: an idempotency key without a row of its own, then patients, doctors, rooms and areas first, then
-- days in the order of clinic and date, then appointments, entries of queues and sections.
create or replace function lock_day(in_clinic uuid, on_date date) returns void
language plpgsql as $$
begin
  perform from clinic_days where (clinic_id, date) = (in_clinic, on_date) for no key update;
  if not found then
    insert into clinic_days (clinic_id, date) values (in_clinic, on_date) on conflict (clinic_id, date) do nothing;
    perform from clinic_days where (clinic_id, date) = (in_clinic, on_date) for no key update;
  end if;
end
$$;
