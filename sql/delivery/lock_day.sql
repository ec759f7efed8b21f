-- Takes the date's row lock, which is held until commit: what follows in this transaction is alone on that date.
--
-- Order of locks everywhere: patients, doctors and appointments first, then days in date order, then sections.
create or replace function lock_day(on_date date) returns void
language plpgsql as $$
begin
  perform from clinic_days where date = on_date for no key update;
  if not found then
    insert into clinic_days (date) values (on_date) on conflict (date) do nothing;
    perform from clinic_days where date = on_date for no key update;
  end if;
end
$$;
