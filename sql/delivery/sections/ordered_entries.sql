-- The entries of a doctor's queue on a date, without those whose check-in was taken back, each with its room, its rank (1…k
-- among those who wait, else null) and how many wait before it.
create or replace function ordered_entries(in_clinic uuid, on_date date, of_doctor uuid)
returns table (
  appointment_id uuid, "position" integer, status text, checked_in_at text, stage text, rank integer, version integer,
  place_id uuid, room json, turn_at text, priority smallint, called_at text, call_count integer, started_at text,
  consulted_s integer, completed_at text, hold_reason text, answer text, ahead integer
)
language sql stable as $$
  select entry.appointment_id, entry.position, entry.status, utc_text(entry.checked_in_at), entry.stage,
    case when entry.stage = 'waiting' then waiting_until::integer end, entry.version, entry.place_id,
    case when room.id is not null then row_to_json(shown_room) end, utc_text(entry.turn_at), entry.priority,
    utc_text(entry.called_at), entry.call_count, utc_text(entry.started_at), entry.consulted_s,
    utc_text(entry.completed_at), entry.hold_reason::text, entry.answer,
    case entry.stage when 'waiting' then waiting_until - 1 when 'on_hold' then waiting_until else 0 end::integer
  from (
    select queued.*, count(*) filter (where queued.stage = 'waiting') over (
      order by queued.priority desc, queued.turn_at, queued.tie, appointment.slot, queued.checked_in_at, queued.id
    ) as waiting_until
    from queue_entries queued
    join appointments appointment on (appointment.clinic_id, appointment.id) = (in_clinic, queued.appointment_id)
    where (queued.clinic_id, queued.date, queued.doctor_id) = (in_clinic, on_date, of_doctor) and queued.stage is not null
  ) entry
  left join rooms room on (room.clinic_id, room.id) = (in_clinic, entry.room_id)
  cross join lateral (select room.id, room.name) shown_room
$$;

grant execute on function ordered_entries to clinic_realtime;
