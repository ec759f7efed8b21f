-- Raises CQ016 when the caller acts on an older state of the entry than the one there is; the detail has the entry. Patients
-- name no version, nor does whoever starts an appointment by phone, which has no entry yet.
-- Raises CQ019 when a version is missing, CQ017 when the patient is called to another place already, and CQ003 for a date
-- that has not begun, or is over for longer than a week.
create or replace function require_current(
  appointment appointments, entry queue_entries, request jsonb, kind text, moment timestamptz
) returns void
language plpgsql stable as $$
declare
  today constant date := clinic_date(appointment.clinic_id, moment);
  version constant integer := request ->> 'version';
begin
  if request ->> 'action' in ('call', 'start') and holds_place(entry.stage)
    and (entry.stage <> 'called' or (request ->> 'room_id')::uuid is distinct from entry.room_id)
    and (request ->> 'action' = 'call' or entry.stage = 'in_consultation' or request ? 'room_id')
  then
    raise 'The patient is % elsewhere already', replace(entry.stage, '_', ' ') using errcode = 'CQ017', detail = (
      select jsonb_build_object('room', room.name, 'called_at', utc_text(entry.called_at), 'stage', entry.stage)::text
      from (values (entry.room_id)) as of_entry (room_id)
      left join rooms room on (room.clinic_id, room.id) = (entry.clinic_id, of_entry.room_id)
    );
  end if;
  if kind <> 'P' and entry.stage is not null then
    if version is null then
      raise 'version: is required' using errcode = 'CQ019', detail = 'version';
    end if;
    if version <> entry.version then
      raise 'Somebody else has acted on this patient meanwhile' using errcode = 'CQ016',
        detail = jsonb_build_object('entry', shown_entry(entry))::text;
    end if;
  end if;
  if appointment.date > today then
    raise 'The queue of % has not begun', appointment.date using errcode = 'CQ003';
  end if;
  if appointment.date < today - 7 then
    raise 'The day % is over', appointment.date using errcode = 'CQ003';
  end if;
end
$$;
