-- A moment as the wire has it: RFC 3339 in UTC, with milliseconds. It is stable as to_char() is: Postgres puts its text in place
-- of its calls then, which an immutable function would not get.
create or replace function utc_text(moment timestamptz) returns text
language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

grant execute on function utc_text to clinic_realtime;
