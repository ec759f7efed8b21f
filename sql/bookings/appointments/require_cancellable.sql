-- Raises CQ003 when the day of an appointment is closed, and CQ008 when the appointment is not booked; the detail says at which
-- stage the patient is, and whether somebody of this kind can let them `leave` from there. `verb`: what was asked for.
create or replace function require_cancellable(
  appointment appointments, kind text, verb text default 'cancelled'
) returns void
language plpgsql stable as $$
declare
  stage_now text;
  ways_out jsonb;
begin
  if exists (
    select from clinic_days
    where (clinic_id, date) = (appointment.clinic_id, appointment.date) and closed_at is not null
  ) then
    raise 'The day % is closed', appointment.date using errcode = 'CQ003';
  end if;
  if appointment.status = 'booked' then
    return;
  end if;
  select stage into stage_now from queue_entries
  where (clinic_id, appointment_id) = (appointment.clinic_id, appointment.id);
  select coalesce(jsonb_agg(move.action), '[]') into ways_out
  from legal_moves() move
  where move.action = 'leave' and move.from_stage = stage_now and not move.on_closed_day and move.who ~ kind;
  raise 'Only a booked appointment can be %, and this one is %', verb,
      coalesce(replace(stage_now, '_', ' '), appointment.status)
      || case when ways_out <> '[]' then ': use the action leave instead' else '' end
    using errcode = 'CQ008', detail = jsonb_build_object('stage', stage_now, 'actions', ways_out)::text;
end
$$;
