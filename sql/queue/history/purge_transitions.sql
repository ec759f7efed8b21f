-- Deletes the steps of queues on dates older than the retention, at most `at_most` of them, oldest dates first, and with them
-- the places of those dates. Of an appointment the last step goes first, because it may name the one that it took back.
-- Returns how many.
create or replace function purge_transitions(retention_days integer, at_most integer) returns integer
language plpgsql as $$
declare
  oldest_kept constant date := (now() at time zone 'UTC')::date - retention_days;
  deleted integer;
begin
  delete from day_places place
  using (
    select distinct clinic_id, date from transitions where date < oldest_kept order by date limit at_most
  ) expired
  where (place.clinic_id, place.date) = (expired.clinic_id, expired.date);
  delete from transitions
  where (clinic_id, id) in (
    select clinic_id, id from transitions
    where date < oldest_kept
      and not exists (
        select from day_places place where (place.clinic_id, place.date) = (transitions.clinic_id, transitions.date)
      )
    order by date, clinic_id, appointment_id, ordinal desc
    limit at_most
  );
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
