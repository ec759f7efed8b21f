-- What any audience may read of a doctor's date, apart from the appointments. `area`, `room` and `is_present` are JSON text,
-- and so is `day`: {"state", "notice", "returns_at"} without the braces.
--
-- The room is the doctor's of that date, or else the usual one; the area is the doctor's or else the room's.
create or replace function section_head(in_clinic uuid, on_date date, of_doctor uuid)
returns table (
  id uuid, name text, code text, specialty text, kind text, area_id uuid, area text, room text, is_present text, day text
)
language sql stable as $$
  select doctor.id, doctor.name, doctor.code, doctor.specialty, doctor.kind, area.id,
    case when area.id is not null then row_to_json(shown_area)::text else 'null' end,
    case when room.id is not null then row_to_json(shown_room)::text else 'null' end,
    case when doctor_day.is_present then 'true' else 'false' end,
    format(
      '"state":"%s","notice":%s,"returns_at":%s', doctor_day.state,
      coalesce(to_json(doctor_day.notice::text)::text, 'null'),
      coalesce(to_json(utc_text(doctor_day.returns_at))::text, 'null')
    )
  from doctor_days doctor_day
  join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, of_doctor)
  left join rooms room on (room.clinic_id, room.id) = (in_clinic, coalesce(doctor_day.room_id, doctor.room_id))
  left join areas area on (area.clinic_id, area.id) = (in_clinic, coalesce(doctor.area_id, room.area_id))
  cross join lateral (select area.id, area.name) shown_area
  cross join lateral (select room.id, room.name) shown_room
  where (doctor_day.clinic_id, doctor_day.date, doctor_day.doctor_id) = (in_clinic, on_date, of_doctor)
$$;

grant execute on function section_head to clinic_realtime;
