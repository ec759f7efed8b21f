-- Whether what a request asks for is done already, in the same place: a double click, or an answer that was lost.
-- `newest` is newest_step() of the entry. Where one action alone leads to a stage, whoever is at it is there by that action,
-- whatever else was done since.
create or replace function is_done(entry queue_entries, newest transitions, request jsonb, moment timestamptz) returns boolean
language sql stable as $$
  select coalesce(
    case
      when in_room is not null and holds_place(entry.stage) and in_room is distinct from entry.room_id then false
      when action = 'call' then entry.stage = 'called'
      when action = 'start' then entry.stage = 'in_consultation'
      when action = 'hold' then entry.stage = 'on_hold'
      when action = 'skip' then entry.stage = 'skipped'
      when action = 'no_show' then entry.stage = 'no_show'
      when action = 'leave' then entry.stage = 'left'
      when action = 'recall' then entry.stage = 'called' and moment < entry.announced_at + interval '20 seconds'
      when action = 'acknowledge' then entry.stage in ('called', 'skipped') and entry.answer = request ->> 'answer'
      when action = 'prioritise' then newest.action = action and entry.priority = (request ->> 'priority')::integer
      when action = 'transfer' then newest.action = action and entry.doctor_id = (request ->> 'doctor_id')::uuid
      when action = 'move' then false
      when action = 'serve' then entry.stage = 'served' or newest.action = 'return'
      else newest.action = action and newest.to_stage = entry.stage
    end,
    false
  )
  from (select request ->> 'action' as action, (request ->> 'room_id')::uuid as in_room) asked
$$;
