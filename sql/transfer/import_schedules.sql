-- Adds the sessions of some lines of a file to the weekly schedules of their doctors, and says what it did: {"added",
-- "existing", "refused": [{"line", "field", "reason"}]}. A session exists that is the same in all its fields.
--
-- `lines`: [{"line", "doctor_code", "weekday", "starts_at", "ends_at", "slot_minutes", "room", "valid_from", "valid_until"}], with
-- the name of the room. The slots that come of it are not offered to the waitlist yet: see offer_schedules().
create or replace function import_schedules(in_clinic uuid, lines jsonb, actor jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  today constant date := clinic_today(in_clinic);
  given record;
  doctor uuid;
  in_room uuid;
  new_blocks integer;
  field text;
  reason text;
  added integer := 0;
  existing integer := 0;
  refused jsonb := '[]';
begin
  perform act_as(actor);
  -- As set_schedule() does, so that both wait for each other; in one order, so that two files do.
  perform from doctors
  where clinic_id = in_clinic and code in (select line ->> 'doctor_code' from jsonb_array_elements(lines) line)
  order by id
  for no key update;
  for given in
    select * from jsonb_to_recordset(lines) as given (
      line integer, doctor_code text, weekday integer, starts_at text, ends_at text, slot_minutes integer, room text,
      valid_from date, valid_until date
    )
  loop
    field := null;
    select id into doctor from doctors where (clinic_id, code) = (in_clinic, given.doctor_code);
    select id into in_room from rooms where (clinic_id, name) = (in_clinic, given.room);
    if doctor is null then
      field := 'doctor_code';
      reason := 'no doctor has this code';
    elsif given.room is not null and in_room is null then
      field := 'room';
      reason := 'no room has this name';
    else
      begin
        new_blocks := add_blocks(
          in_clinic, doctor, jsonb_build_array(to_jsonb(given) || jsonb_build_object('room_id', in_room)), today
        );
        added := added + new_blocks;
        existing := existing + 1 - new_blocks;
      exception
        when exclusion_violation then
          field := 'starts_at';
          reason := 'overlaps another session of this doctor';
        when sqlstate 'CQ019' then
          get stacked diagnostics field = pg_exception_detail;
          field := regexp_replace(field, '^\d+\.', '');
          reason := regexp_replace(sqlerrm, '^\S+: ', '');
      end;
    end if;
    if field is not null then
      refused := refused || jsonb_build_object('line', given.line, 'field', field, 'reason', reason);
    end if;
  end loop;
  return jsonb_build_object('added', added, 'existing', existing, 'refused', refused);
end
$$;

grant execute on function import_schedules to clinic_api;
