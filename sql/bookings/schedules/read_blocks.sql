-- The blocks that `sessions` describes: [{weekday?, starts_at, ends_at, slot_minutes, room_id?, valid_from?, valid_until?}].
-- Without `valid_from` a session is valid from `today`. `field` is what the names of wrong fields begin with.
-- Raises CQ001 no such room · CQ019 a session is no part of one clinic's day, shorter than a slot, or ends before it is valid;
-- the detail names the field.
create or replace function read_blocks(in_clinic uuid, sessions jsonb, today date, field text default '')
returns table (
  weekday smallint, minutes int4range, slot_minutes smallint, room_id uuid, valid_from date, valid_until date
)
language plpgsql stable as $$
#variable_conflict use_column
declare
  day_starts_at constant time := (select day_starts_at from clinics where id = in_clinic);
  wrong integer;
begin
  if exists (
    select from jsonb_array_elements(sessions) session
    where session ->> 'room_id' is not null
      and not exists (select from rooms where (clinic_id, id) = (in_clinic, (session ->> 'room_id')::uuid))
  ) then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
  return query
  select (session ->> 'weekday')::smallint,
    block_minutes(session ->> 'starts_at', session ->> 'ends_at', day_starts_at, format('%s%s.', field, place - 1)),
    (session ->> 'slot_minutes')::smallint, (session ->> 'room_id')::uuid,
    coalesce((session ->> 'valid_from')::date, today), (session ->> 'valid_until')::date
  from jsonb_array_elements(sessions) with ordinality as given (session, place);
  select place - 1 into wrong
  from jsonb_array_elements(sessions) with ordinality as given (session, place)
  cross join lateral block_minutes(session ->> 'starts_at', session ->> 'ends_at', day_starts_at, '') minutes
  where upper(minutes) - lower(minutes) < (session ->> 'slot_minutes')::integer
  limit 1;
  if found then
    raise '%: must be at most as long as the session', format('%s%s.slot_minutes', field, wrong)
      using errcode = 'CQ019', detail = format('%s%s.slot_minutes', field, wrong);
  end if;
  select place - 1 into wrong
  from jsonb_array_elements(sessions) with ordinality as given (session, place)
  where (session ->> 'valid_until')::date < coalesce((session ->> 'valid_from')::date, today)
  limit 1;
  if found then
    raise '%: must not be before valid_from, which is today where it is left out', format('%s%s.valid_until', field, wrong)
      using errcode = 'CQ019', detail = format('%s%s.valid_until', field, wrong);
  end if;
end
$$;
