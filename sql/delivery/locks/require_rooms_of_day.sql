-- Raises 40001 (serialization_failure) when these doctors have other rooms on a date than those that were seen, and locked,
-- before the day was. The caller has to begin anew, without any lock; the api does that by itself.
create or replace function require_rooms_of_day(in_clinic uuid, on_date date, of_doctors uuid[], seen uuid[]) returns void
language plpgsql as $$
begin
  if rooms_of_day(in_clinic, on_date, of_doctors) <> seen then
    raise 'The day was changed meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
end
$$;
