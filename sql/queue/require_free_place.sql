-- Raises CQ018 when somebody else holds this place on that date; or, for a consultation that has the doctor alone, when the
-- doctor is in consultation in another place. The detail tells who: ticket, room, appointment_id, stage; and to a doctor whose
-- patient it is not, the ticket alone.
--
-- `offers`: what can be done instead, for the detail.
create or replace function require_free_place(entry queue_entries, offers text[] default null) returns void
language plpgsql stable as $$
declare
  is_doctor constant boolean := nullif(current_setting('clinic_queue.actor', true), '')::jsonb ->> 'role' = 'doctor';
  other record;
begin
  select held.appointment_id, held.stage, held.doctor_id, appointment.ticket, room.name as room
  into other
  from queue_entries held
  join appointments appointment on (appointment.clinic_id, appointment.id) = (held.clinic_id, held.appointment_id)
  left join rooms room on (room.clinic_id, room.id) = (held.clinic_id, held.room_id)
  where (held.clinic_id, held.date) = (entry.clinic_id, entry.date)
    and held.appointment_id <> entry.appointment_id
    and (
      (holds_place(held.stage) and held.place_id = entry.place_id)
      or (
        entry.stage = 'in_consultation' and entry.exclusive
        and held.stage = 'in_consultation' and held.exclusive and held.doctor_id = entry.doctor_id
      )
    )
  limit 1;
  if found then
    raise '% is % there already', other.ticket, replace(other.stage, '_', ' ')
      using errcode = 'CQ018', detail = (
        case
          when is_doctor and other.doctor_id <> entry.doctor_id then jsonb_build_object('ticket', other.ticket)
          else to_jsonb(other) - 'doctor_id'
        end || case when offers is null then '{}' else jsonb_build_object('actions', offers) end
      )::text;
  end if;
end
$$;
