-- Changes a doctor: `changes` has what changes, as JSON, of name, specialty, area_id, room_id, kind and daily_capacity, and
-- `retired`. Raises CQ001 when there is no such doctor, area or room.
create or replace function change_doctor(in_clinic uuid, for_doctor uuid, changes jsonb, actor jsonb) returns doctors
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doctor doctors;
begin
  perform act_as(actor);
  -- As await_bookings() does, so that the doctor is locked before room and area.
  perform from doctors where (clinic_id, id) = (in_clinic, for_doctor) for update;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, (changes ->> 'area_id')::uuid, (changes ->> 'room_id')::uuid);
  update doctors known
  set (name, specialty, area_id, room_id, kind, daily_capacity, retired_at) = (
    select changed.name, changed.specialty, changed.area_id, changed.room_id, changed.kind, changed.daily_capacity,
      case
        when not changes ? 'retired' then known.retired_at
        when (changes -> 'retired')::boolean then coalesce(known.retired_at, now())
      end
    from jsonb_populate_record(known, changes) changed
  )
  where (clinic_id, id) = (in_clinic, for_doctor)
  returning * into doctor;
  return doctor;
end
$$;

grant execute on function change_doctor to clinic_api;
