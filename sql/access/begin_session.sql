-- Begins a session of an account, a screen or a patient. `lifetime_s` null: without end, until it is revoked.
create or replace function begin_session(
  of_account uuid, of_screen uuid, of_patient uuid, lifetime_s integer, token_lifetime_s integer
) returns sessions
language sql as $$
  insert into sessions (account_id, screen_id, patient_id, expires_at, token_expires_at)
  values (
    of_account, of_screen, of_patient, now() + interval '1 second' * lifetime_s,
    now() + interval '1 second' * least(token_lifetime_s, lifetime_s)
  )
  returning *
$$;
