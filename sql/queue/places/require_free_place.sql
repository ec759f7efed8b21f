-- Raises CQ018 when somebody else holds this place on that date; or, for a consultation that has the doctor alone, when the
-- doctor is in consultation in another place. The detail tells who: ticket, room, appointment_id, stage; and to a doctor whose
-- patient it is not, the ticket alone.
--
-- `offers`: what can be done instead, for the detail.
create or replace function require_free_place(entry queue_entries, offers text[] default null) returns void
language plpgsql stable as $$
declare
  is_doctor constant boolean := nullif(current_setting('clinic_queue.actor', true), '')::jsonb ->> 'role' = 'doctor';
  holder uuid;
  other record;
begin
  -- In the words of the two unique indexes, which find it at once.
  select appointment_id into holder from queue_entries
  where (clinic_id, date, place_id) = (entry.clinic_id, entry.date, entry.place_id)
    and stage in ('called', 'in_consultation') and appointment_id <> entry.appointment_id;
  if not found and entry.stage = 'in_consultation' and entry.exclusive then
    select appointment_id into holder from queue_entries
    where (clinic_id, date, doctor_id) = (entry.clinic_id, entry.date, entry.doctor_id)
      and stage = 'in_consultation' and exclusive and appointment_id <> entry.appointment_id;
  end if;
  if holder is null then
    return;
  end if;

  select held.appointment_id, held.stage, held.doctor_id, appointment.ticket, room.name as room
  into other
  from queue_entries held
  join appointments appointment on (appointment.clinic_id, appointment.id) = (held.clinic_id, held.appointment_id)
  left join rooms room on (room.clinic_id, room.id) = (held.clinic_id, held.room_id)
  where (held.clinic_id, held.appointment_id) = (entry.clinic_id, holder);
  raise '% is % there already', other.ticket, replace(other.stage, '_', ' ')
    using errcode = 'CQ018', detail = (
      case
        when is_doctor and other.doctor_id <> entry.doctor_id then jsonb_build_object('ticket', other.ticket)
        else to_jsonb(other) - 'doctor_id'
      end || case when offers is null then '{}' else jsonb_build_object('actions', offers) end
    )::text;
end
$$;
