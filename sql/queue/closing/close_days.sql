-- Closes dates that ended an hour ago or longer, at most so many at once, of whichever clinics; gives how many. One process
-- does it at a time: a second one finds nothing to do. What was due while no process ran is closed later.
create or replace function close_days(at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  due record;
  closed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('clinic_queue close_days', 0)) then
    return 0;
  end if;
  perform act_as('{"role": "system"}');
  for due in
    select day.clinic_id, day.date
    from clinic_days day
    join clinics clinic on clinic.id = day.clinic_id
    where day.closed_at is null
      and day.date < (
        (clock_timestamp() + clinic.clock_offset - interval '1 hour') at time zone clinic.timezone - clinic.day_starts_at::interval
      )::date
    order by day.clinic_id, day.date
    limit at_most
  loop
    perform close_day(due.clinic_id, due.date);
    closed := closed + 1;
  end loop;
  return closed;
end
$$;

grant execute on function close_days to clinic_api;
