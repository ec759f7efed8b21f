-- The minutes of a clinic's date from one wall time to another, each as HH:MM; see schedule_blocks. Times before the clinic's
-- day starts are those of the night that ends the date. `field` is where the times come from. Raises CQ019 when they are no
-- part of one clinic's day; the detail names the field.
create or replace function block_minutes(starts_at text, ends_at text, day_starts_at time, field text) returns int4range
language plpgsql immutable as $$
declare
  day_start constant integer := extract(epoch from day_starts_at) / 60;
  first_minute integer := split_part(starts_at, ':', 1)::integer * 60 + split_part(starts_at, ':', 2)::integer;
  last_minute integer := split_part(ends_at, ':', 1)::integer * 60 + split_part(ends_at, ':', 2)::integer;
begin
  if first_minute < day_start then
    first_minute := first_minute + 1440;
  end if;
  if last_minute <= first_minute then
    last_minute := last_minute + 1440;
  end if;
  if last_minute > day_start + 1440 or last_minute <= first_minute then
    raise '%ends_at: must be later than starts_at, and not after the clinic''s day has ended at %', field, to_char(day_starts_at, 'HH24:MI')
      using errcode = 'CQ019', detail = field || 'ends_at';
  end if;
  return int4range(first_minute, last_minute);
end
$$;
