-- Raises CQ019 when a request bears no reason for what passes others over.
create or replace function require_reason(request jsonb) returns void
language plpgsql immutable as $$
begin
  if coalesce(request ->> 'reason', '') = '' then
    raise 'reason: is required, because others are passed over' using errcode = 'CQ019', detail = 'reason';
  end if;
end
$$;
