-- The blocks that `sessions` describes for a doctor's weekly schedule, see read_blocks(), each with the block of the schedule
-- that is the same in all its fields: `known_id`; null where there is none.
create or replace function matched_blocks(in_clinic uuid, of_doctor uuid, sessions jsonb, today date)
returns table (
  weekday smallint, minutes int4range, slot_minutes smallint, room_id uuid, valid_from date, valid_until date, known_id uuid
)
language plpgsql stable as $$
begin
  return query
  select wanted.*, known.id
  from read_blocks(in_clinic, sessions, today) wanted
  left join schedule_blocks known
    on (known.clinic_id, known.doctor_id) = (in_clinic, of_doctor)
    and (known.weekday, known.minutes, known.slot_minutes, known.room_id, known.valid_from, known.valid_until)
      is not distinct from (wanted.weekday, wanted.minutes, wanted.slot_minutes, wanted.room_id, wanted.valid_from, wanted.valid_until);
end
$$;
