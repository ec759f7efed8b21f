-- Which action leads from which stage to which, and who may do it: S staff, D the doctor, P the patient, X the system.
-- No stage (null) is somebody who is not in the queue. `on_closed_day`: the move is for entries of a day that is over.
--
-- This is the table of stages of the contract. An action from a stage that is not here is refused.
create or replace function legal_moves()
returns table (action text, from_stage text, to_stage text, who text, on_closed_day boolean)
language sql immutable as $$
  select move.action, move.from_stage, move.to_stage, move.who, move.on_closed_day
  from (
    values
      ('check_in', null, 'waiting', 'SDPX', false),
      ('walk_in', null, 'waiting', 'SX', false),
      ('call_next', 'waiting', 'called', 'SD', false),
      ('call', 'waiting', 'called', 'SD', false),
      ('call', 'skipped', 'called', 'SD', false),
      ('call', 'on_hold', 'called', 'SD', false),
      ('acknowledge', 'called', 'called', 'SDP', false),
      ('acknowledge', 'skipped', 'skipped', 'P', false),
      ('recall', 'called', 'called', 'SD', false),
      ('start', null, 'in_consultation', 'SD', false),
      ('start', 'called', 'in_consultation', 'SD', false),
      ('start', 'waiting', 'in_consultation', 'SD', false),
      ('start', 'skipped', 'in_consultation', 'SD', false),
      ('start', 'on_hold', 'in_consultation', 'SD', false),
      ('hold', 'waiting', 'on_hold', 'SDP', false),
      ('hold', 'called', 'on_hold', 'SD', false),
      ('hold', 'in_consultation', 'on_hold', 'SD', false),
      ('resume', 'on_hold', 'waiting', 'SDP', false),
      ('serve', 'in_consultation', 'served', 'SD', false),
      ('serve', 'called', 'served', 'SD', false),
      ('skip', 'called', 'skipped', 'SD', false),
      ('requeue', 'called', 'waiting', 'SD', false),
      ('requeue', 'skipped', 'waiting', 'SD', false),
      ('requeue', 'no_show', 'waiting', 'SDPX', false),
      ('requeue', 'left', 'waiting', 'SDPX', false),
      ('requeue', 'served', 'waiting', 'SD', false),
      ('no_show', 'skipped', 'no_show', 'SD', false),
      ('no_show', 'called', 'no_show', 'SD', false),
      ('leave', 'waiting', 'left', 'SDP', false),
      ('leave', 'called', 'left', 'SDP', false),
      ('leave', 'in_consultation', 'left', 'SD', false),
      ('leave', 'on_hold', 'left', 'SDP', false),
      ('leave', 'skipped', 'left', 'SDP', false),
      ('transfer', 'waiting', 'waiting', 'SD', false),
      ('transfer', 'called', 'waiting', 'SD', false),
      ('transfer', 'in_consultation', 'waiting', 'SD', false),
      ('transfer', 'on_hold', 'waiting', 'SD', false),
      ('transfer', 'skipped', 'waiting', 'SD', false),
      -- A patient who was sent here and is wanted back, after being served here.
      ('return', 'served', 'waiting', 'X', false),
      ('prioritise', 'waiting', 'waiting', 'SD', false),
      ('prioritise', 'called', 'called', 'SD', false),
      ('prioritise', 'in_consultation', 'in_consultation', 'SD', false),
      ('prioritise', 'on_hold', 'on_hold', 'SD', false),
      ('prioritise', 'skipped', 'skipped', 'SD', false),
      ('move', 'waiting', 'waiting', 'S', false),
      ('close', 'in_consultation', 'served', 'X', false),
      ('close', 'called', 'left', 'X', false),
      ('close', 'waiting', 'left', 'X', false),
      ('close', 'on_hold', 'left', 'X', false),
      ('close', 'skipped', 'no_show', 'X', false),
      ('serve', 'waiting', 'served', 'S', true),
      ('serve', 'called', 'served', 'S', true),
      ('serve', 'in_consultation', 'served', 'S', true),
      ('serve', 'on_hold', 'served', 'S', true),
      ('serve', 'skipped', 'served', 'S', true),
      ('serve', 'no_show', 'served', 'S', true),
      ('serve', 'left', 'served', 'S', true)
  ) as move (action, from_stage, to_stage, who, on_closed_day)
$$;
