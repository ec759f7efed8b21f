-- The only way to change a stage. The caller holds the day's lock and has read `entry` under it; for somebody who was never
-- in this queue, it has the ids and no stage. Checks that the action is legal from this stage for `actor_kind` (a letter of
-- legal_moves()), writes the entry, what follows from it for the appointment, who holds which place, and one transition.
--
-- `details` is what moved_entry() takes, and {reason, facts, undoes}; of a call by "next" also {seen}, see settle_places(); of
-- an undo also {before, appointment}.
--
-- Raises CQ008 when the action is not legal from this stage; its detail lists the actions that are · CQ018 see
-- require_free_place() · CQ003 the day is closed.
create or replace function move_entry(
  entry queue_entries, action text, actor_kind text, details jsonb, moment timestamptz, in_group uuid default null
) returns transitions
language plpgsql as $$
declare
  is_closed constant boolean := coalesce(
    (select closed_at is not null from clinic_days where (clinic_id, date) = (entry.clinic_id, entry.date)), false
  );
  moved queue_entries;
  old_appointment appointments;
  new_appointment appointments;
  step transitions;
begin
  moved := moved_entry(entry, action, next_stage(entry, action, actor_kind, is_closed, details), details, moment);
  if holds_place(moved.stage) then
    perform require_free_place(moved, case when action = 'undo' then ways_back(entry) end);
  end if;

  select * into old_appointment from appointments where (clinic_id, id) = (entry.clinic_id, entry.appointment_id);
  new_appointment := appointment_after(old_appointment, moved, action, details, moment);
  if new_appointment.doctor_id <> old_appointment.doctor_id then
    insert into doctor_days (clinic_id, doctor_id, date)
    values (entry.clinic_id, new_appointment.doctor_id, entry.date)
    on conflict do nothing;
  end if;
  if new_appointment is distinct from old_appointment then
    update appointments
    set (doctor_id, slot, status, outcome, updated_at) = (
      new_appointment.doctor_id, new_appointment.slot, new_appointment.status, new_appointment.outcome, moment
    )
    where (clinic_id, id) = (entry.clinic_id, entry.appointment_id);
  end if;
  perform write_entry(moved);

  insert into transitions (
    clinic_id, appointment_id, ordinal, date, doctor_id, action, from_stage, to_stage, place_id, room, reason, facts,
    before, group_id, undoes, actor, actor_role, actor_name, at
  )
  select
    entry.clinic_id, entry.appointment_id, moved.transition_count, entry.date, moved.doctor_id, action, entry.stage,
    moved.stage, place.id, (select name from rooms where (clinic_id, id) = (entry.clinic_id, place.room_id)),
    details ->> 'reason', details -> 'facts', changed_from(entry, moved, old_appointment, new_appointment), in_group,
    (details ->> 'undoes')::uuid, who ->> 'sub', who ->> 'role', who ->> 'name', moment
  from (select nullif(current_setting('clinic_queue.actor', true), '')::jsonb as who) acting,
    lateral (
      select
        case when holds_place(moved.stage) then moved.place_id when holds_place(entry.stage) then entry.place_id end as id,
        case when holds_place(moved.stage) then moved.room_id when holds_place(entry.stage) then entry.room_id end as room_id
    ) place
  returning * into step;
  perform settle_places(entry, moved, step, details);
  perform record_step(step, old_appointment.ticket);
  return step;
end
$$;
