-- Renews every clinic's epoch, the name of its history of revisions, when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- current_history(). One that does not show there, of rows alone into the same tables or of the cluster's files, needs
-- `update installation set history = null` afterwards.
--
-- A restore renews the id of the installation too, which ends every token: a session that was revoked after the backup is not
-- revoked in it. A failover to a standby is no restore: the standby has what the primary had, and screens would have to be
-- paired again. Both begin a new timeline. They are told apart by the last sign of life, because a standby is promoted
-- soon: a timeline that goes on within 10 minutes of it is a failover.
--
-- With the rights of the owner: the realtime process may write nothing itself.
create or replace function confirm_epoch() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  history_now constant text := current_history();
begin
  update installation set history = history_now,
    id = case
      -- Equal but for the second part, which is the timeline.
      when regexp_replace(history, '\.\d+', '') = regexp_replace(history_now, '\.\d+', '')
        and alive_at > clock_timestamp() - interval '10 minutes'
      then id
      else gen_random_uuid()
    end
  where history is distinct from history_now;

  if found then
    update clinics set epoch = gen_random_uuid();
    -- Transaction ids of another cluster mean nothing here: one that happens to be equal would hide a change.
    update clinic_days set changed_in = null where changed_in is not null;
  end if;

  -- Skipped while somebody else holds the row: a sign of life is not worth waiting for.
  perform from installation where not is_confirmed(installation) for update skip locked;
  if found then
    update installation set alive_at = clock_timestamp();
  end if;
end
$$;

grant execute on function confirm_epoch to clinic_api, clinic_realtime;
