-- What came of a request that its caller sent before under the same idempotency key, within 24 hours; nulls when the key is
-- new or null. The caller holds the day's lock, or the key's, so that of two at once the second finds what came of the first.
-- Raises CQ006 when the key was used for another request.
create or replace function asked_before(in_clinic uuid, actor jsonb, key text, request jsonb) returns queue_requests
language plpgsql as $$
declare
  asked queue_requests;
begin
  select * into asked from queue_requests
  where (clinic_id, caller, idempotency_key) = (in_clinic, caller_of(actor), key);
  if not found then
    return null;
  end if;
  if asked.created_at < now() - interval '24 hours' then
    delete from queue_requests where (clinic_id, caller, idempotency_key) = (in_clinic, asked.caller, key);
    return null;
  end if;
  if asked.request_digest <> md5(request::text) then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
  return asked;
end
$$;
