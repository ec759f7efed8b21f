-- False when confirm_epoch() has something to do: the database was restored, or the last sign of life is a minute old.
create or replace function is_confirmed(installation) returns boolean
language sql stable as $$
  select $1.history is not distinct from current_history()
    and $1.alive_at between clock_timestamp() - interval '1 minute' and clock_timestamp()
$$;

grant execute on function is_confirmed to clinic_api, clinic_realtime;
