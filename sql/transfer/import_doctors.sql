-- Adds the doctors of some lines of a file, and says what it did: {"added", "existing", "refused": [{"line", "field",
-- "reason"}]}. A doctor exists whose code the clinic has; nothing of that doctor changes.
--
-- `lines`: [{"line", "code", "name", "specialty", "ticket_prefix", "area", "room", "kind", "daily_capacity", "retired"}], with
-- the names of area and room.
create or replace function import_doctors(in_clinic uuid, lines jsonb, actor jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given record;
  in_area uuid;
  in_room uuid;
  field text;
  reason text;
  added integer := 0;
  existing integer := 0;
  refused jsonb := '[]';
begin
  perform act_as(actor);
  for given in
    select * from jsonb_to_recordset(lines) as given (
      line integer, code text, name text, specialty text, ticket_prefix text, area text, room text, kind text,
      daily_capacity integer, retired boolean
    )
  loop
    if exists (select from doctors where (clinic_id, code) = (in_clinic, given.code)) then
      existing := existing + 1;
      continue;
    end if;
    select id into in_area from areas where (clinic_id, name) = (in_clinic, given.area);
    select id into in_room from rooms where (clinic_id, name) = (in_clinic, given.room);
    field := null;
    if given.area is not null and in_area is null then
      field := 'area';
      reason := 'no waiting area has this name';
    elsif given.room is not null and in_room is null then
      field := 'room';
      reason := 'no room has this name';
    else
      perform add_doctor(
        in_clinic, given.name, given.code, given.specialty, given.ticket_prefix, in_area, in_room, given.kind, given.retired,
        actor, given.daily_capacity
      );
      if not found then
        field := 'ticket_prefix';
        reason := 'another doctor has these letters';
      end if;
    end if;
    if field is null then
      added := added + 1;
    else
      refused := refused || jsonb_build_object('line', given.line, 'field', field, 'reason', reason);
    end if;
  end loop;
  return jsonb_build_object('added', added, 'existing', existing, 'refused', refused);
end
$$;

grant execute on function import_doctors to clinic_api;
