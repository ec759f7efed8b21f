-- The stage that an action leads to: from legal_moves(), or, for an undo, the one that was. Raises as move_entry() says.
create or replace function next_stage(
  entry queue_entries, for_action text, actor_kind text, is_closed boolean, details jsonb
) returns text
language plpgsql stable as $$
declare
  move record;
  legal text[];
begin
  if for_action = 'undo' then
    return case when details -> 'before' ? 'stage' then details -> 'before' ->> 'stage' else entry.stage end;
  end if;
  select * into move from legal_moves() legal_move
  where legal_move.action = for_action and legal_move.from_stage is not distinct from entry.stage
    and legal_move.on_closed_day = is_closed and legal_move.who ~ actor_kind;
  if found then
    return move.to_stage;
  end if;
  if is_closed and exists (
    select from legal_moves() open_move
    where open_move.action = for_action and open_move.from_stage is not distinct from entry.stage
      and open_move.who ~ actor_kind
  ) then
    raise 'The day % is closed', entry.date using errcode = 'CQ003';
  end if;
  select coalesce(array_agg(distinct legal_move.action order by legal_move.action), '{}') into legal
  from legal_moves() legal_move
  where legal_move.from_stage is not distinct from entry.stage and legal_move.on_closed_day = is_closed
    and legal_move.who ~ actor_kind and legal_move.action not in ('check_in', 'walk_in', 'call_next')
    and (legal_move.from_stage is not null or for_action = 'start');
  raise 'Not possible: the patient is %', coalesce(replace(entry.stage, '_', ' '), 'not checked in')
    using errcode = 'CQ008', detail = jsonb_build_object('stage', entry.stage, 'actions', to_jsonb(legal))::text;
end
$$;
