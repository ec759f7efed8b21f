-- Transitions are append-only for everybody, owners too: what happened does not change. Two things may: the reason is cleared
-- when the patient is erased, also where it stands in what was before; and what is older than a month is deleted after its
-- retention. Raises 42501 (insufficient_privilege).
create or replace function keep_transition() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.date < (now() at time zone 'UTC')::date - 30 then
    return old;
  end if;
  if tg_op = 'UPDATE' and new.reason is null and new.before in (old.before, old.before - 'hold_reason')
    and to_jsonb(new) - array['reason', 'before'] = to_jsonb(old) - array['reason', 'before']
  then
    return new;
  end if;
  raise 'Transitions are append-only' using errcode = 'insufficient_privilege';
end
$$;
