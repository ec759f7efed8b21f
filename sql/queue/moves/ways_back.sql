-- The actions that bring somebody back among those who wait, for when what was cannot be restored.
create or replace function ways_back(entry queue_entries) returns text[]
language sql immutable as $$
  select coalesce(array_agg(action order by action), '{}')
  from legal_moves()
  where from_stage = entry.stage and action in ('requeue', 'resume') and not on_closed_day
$$;
