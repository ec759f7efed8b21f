-- The slot of a doctor's date that a booking gets: the one that begins `at_start`, or else the first that is free, or the first
-- in `at_hour`. The caller holds the day's lock, so what is free stays so.
--
-- `hold`: a hold that the caller has on the slot. `is_override`: staff book over somebody else's. `ignoring`: the
-- appointment that is moved, whose own time is free for it.
--
-- Raises CQ005 no free slot · CQ021 no slot begins then, or it has begun already · CQ022 the slot is taken or held; the
-- detail has the three nearest that are free.
create or replace function choose_slot(
  in_clinic uuid, of_doctor uuid, on_date date, at_start timestamptz, at_hour integer, moment timestamptz,
  hold uuid default null, is_override boolean default false, ignoring uuid default null,
  out wall_minute integer, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql stable as $$
declare
  slot record;
begin
  if at_start is null then
    select * into slot from doctor_slots(in_clinic, of_doctor, on_date, on_date, moment, ignoring, hold) candidate
    where candidate.status = 'free' and candidate.minute / 60 % 24 = coalesce(at_hour, candidate.minute / 60 % 24)
    order by candidate.starts_at
    limit 1;
  else
    select * into slot from doctor_slots(in_clinic, of_doctor, on_date, on_date, moment, ignoring, hold) candidate
    where candidate.starts_at = at_start;
    if not found or slot.status = 'past' then
      raise 'starts_at: %',
          case when slot.status = 'past' then 'the slot has begun already' else 'no slot of this doctor begins then' end
        using errcode = 'CQ021',
          detail = jsonb_build_object('free', nearest_slots(in_clinic, of_doctor, at_start, moment, ignoring))::text;
    end if;
  end if;
  if slot.status is null or slot.status = 'full' then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;
  if slot.status = 'taken' or (slot.status = 'held' and not is_override) then
    raise 'The slot is % already', slot.status using errcode = 'CQ022',
      detail = jsonb_build_object('free', nearest_slots(in_clinic, of_doctor, at_start, moment, ignoring))::text;
  end if;
  wall_minute := slot.minute;
  starts_at := slot.starts_at;
  ends_at := slot.ends_at;
end
$$;
