-- Takes the locks of a clinic's dates, in their order; nulls are left out. See lock_day().
create or replace function lock_days(in_clinic uuid, dates date[]) returns void
language plpgsql as $$
declare
  next_date date;
begin
  for next_date in select distinct date from unnest(dates) as date where date is not null order by date loop
    perform lock_day(in_clinic, next_date);
  end loop;
end
$$;
