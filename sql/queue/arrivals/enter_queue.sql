-- Puts somebody who is not in the queue into it, by an action of legal_moves() that begins without a stage: check_in, walk_in,
-- or start of an appointment by phone or video. The caller holds the day's lock.
create or replace function enter_queue(
  appointment appointments, action text, actor_kind text, arrived_at timestamptz, moment timestamptz,
  details jsonb default '{}'
) returns transitions
language plpgsql as $$
declare
  clinic clinics;
  entry queue_entries;
begin
  select * into clinic from clinics where id = appointment.clinic_id;
  select * into entry from queue_entries where (clinic_id, appointment_id) = (appointment.clinic_id, appointment.id);
  if not found then
    entry.clinic_id := appointment.clinic_id;
    entry.appointment_id := appointment.id;
    entry.version := 0;
    -- The steps outlive an entry that somebody deletes by hand.
    entry.transition_count := coalesce((
      select max(ordinal) from transitions where (clinic_id, appointment_id) = (appointment.clinic_id, appointment.id)
    ), 0);
  end if;
  entry.doctor_id := appointment.doctor_id;
  entry.date := appointment.date;
  return move_entry(
    entry, action, actor_kind,
    details || jsonb_build_object('entry', jsonb_build_object(
      'position', next_position(appointment.clinic_id, appointment.date, appointment.doctor_id),
      'checked_in_at', arrived_at, 'turn_at', turn_of(appointment, clinic, arrived_at),
      'priority', coalesce((details ->> 'priority')::integer, 0)
    )),
    moment
  );
end
$$;
