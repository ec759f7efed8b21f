-- Adds those of these sessions to a doctor's weekly schedule that it does not have yet; gives how many. Raises as
-- read_blocks() does · 23P01 (exclusion_violation) when one overlaps another · 23514 (check_violation) when one ends before
-- it is valid.
create or replace function add_blocks(in_clinic uuid, of_doctor uuid, sessions jsonb, today date) returns integer
language plpgsql as $$
declare
  added integer;
begin
  insert into schedule_blocks (clinic_id, doctor_id, weekday, minutes, slot_minutes, room_id, valid_from, valid_until)
  select in_clinic, of_doctor, weekday, minutes, slot_minutes, room_id, valid_from, valid_until
  from matched_blocks(in_clinic, of_doctor, sessions, today)
  where known_id is null;
  get diagnostics added = row_count;
  return added;
end
$$;
