-- Gives the epoch, the name of this history of revisions, and renews it when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- current_history(). One that does not show there, of rows alone into the same tables or of the cluster's files, needs
-- `update clinic set history = null` afterwards.
--
-- A restore renews the id of the database too, which ends every token: a session that was revoked after the backup is not
-- revoked in it. A failover to a standby is no restore: the standby has what the primary had, and screens would have to be
-- paired again. Both begin a new timeline. They are told apart by the last sign of life, because a standby is promoted
-- soon: a timeline that goes on within 10 minutes of it is a failover.
--
-- With the rights of the owner: the realtime process may write nothing itself.
create or replace function confirm_epoch() returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  history_now constant text := current_history();
  current_epoch uuid;
begin
  update clinic set epoch = gen_random_uuid(), history = history_now,
    database_id = case
      -- Equal but for the second part, which is the timeline.
      when regexp_replace(history, '\.\d+', '') = regexp_replace(history_now, '\.\d+', '')
        and alive_at > clock_timestamp() - interval '10 minutes'
      then database_id
      else gen_random_uuid()
    end
  where history is distinct from history_now
  returning epoch into current_epoch;

  if found then
    -- Transaction ids of another cluster mean nothing here: one that happens to be equal would hide a change.
    update clinic_days set changed_in = null where changed_in is not null;
  else
    select epoch into current_epoch from clinic;
  end if;

  -- Skipped while somebody else holds the row: a sign of life is not worth waiting for.
  perform from clinic where not is_confirmed(clinic) for update skip locked;
  if found then
    update clinic set alive_at = clock_timestamp();
  end if;
  return current_epoch;
end
$$;

grant execute on function confirm_epoch to clinic_api, clinic_realtime;
