-- Whether what a request asks for is done already, in the same place: a double click, or an answer that was lost.
-- `newest` is newest_step() of the entry.
create or replace function is_done(entry queue_entries, newest transitions, request jsonb, moment timestamptz) returns boolean
language sql stable as $$
  select coalesce(
    case
      when in_room is not null and holds_place(entry.stage) and in_room is distinct from entry.room_id then false
      when action = 'call' then entry.stage = 'called' and (in_room is not null or newest.action in ('call', 'call_next'))
      when action = 'recall' then entry.stage = 'called' and moment < entry.announced_at + interval '20 seconds'
      when action = 'acknowledge' then entry.stage in ('called', 'skipped') and entry.answer = request ->> 'answer'
      when action = 'prioritise' then newest.action = action and entry.priority = (request ->> 'priority')::integer
      when action = 'transfer' then newest.action = action and entry.doctor_id = (request ->> 'doctor_id')::uuid
      when action = 'move' then false
      when action = 'serve' and newest.action = 'return' then true
      else newest.action = action and newest.to_stage = entry.stage
    end,
    false
  )
  from (select request ->> 'action' as action, (request ->> 'room_id')::uuid as in_room) asked
$$;
