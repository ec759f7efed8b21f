-- The last five patients whom a doctor called on a date, newest first, as JSON: {ticket, room, called_at, call_count, stage}. A
-- public screen (`is_public`) does not read the stage, and shows nobody who is not to come to a room.
create or replace function shown_calls(in_clinic uuid, on_date date, of_doctor uuid, is_public boolean) returns json
language sql stable as $$
  select coalesce(
    json_agg(case when is_public then row_to_json(called) else row_to_json(staged) end order by at desc), '[]'
  )
  from (
    select appointment.ticket, entry.room_id, entry.called_at as at, entry.call_count, entry.stage
    from queue_entries entry
    join appointments appointment on (appointment.clinic_id, appointment.id) = (in_clinic, entry.appointment_id)
    where (entry.clinic_id, entry.date, entry.doctor_id) = (in_clinic, on_date, of_doctor)
      and entry.called_at is not null and entry.stage is not null
      and (appointment.mode = 'in_person' or not is_public)
    order by entry.called_at desc
    limit 5
  ) last
  left join rooms room on (room.clinic_id, room.id) = (in_clinic, last.room_id)
  cross join lateral (select room.id, room.name) shown_room
  cross join lateral (
    select last.ticket, case when room.id is not null then row_to_json(shown_room) end as room,
      utc_text(last.at) as called_at, last.call_count
  ) called
  cross join lateral (select called.*, last.stage) staged
$$;

grant execute on function shown_calls to clinic_realtime;
