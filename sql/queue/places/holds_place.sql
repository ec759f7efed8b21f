-- Whether somebody at this stage has a place for themselves: is called to it or in consultation there.
create or replace function holds_place(stage text) returns boolean
language sql immutable as $$
  select coalesce(stage in ('called', 'in_consultation'), false)
$$;
