-- The roles of the two processes. They cannot log in by themselves: a login role that is a member of one is what a
-- process connects with, or an owner who takes the role on.
--
-- clinic_api reads, and writes through the functions that are named here; clinic_realtime reads what a view is made of,
-- listens, and writes nothing. Both may add to the audit trail through functions, and change nothing in it.

do $$
declare
  names constant text[] := array['clinic_api', 'clinic_realtime'];
  name text;
  -- Since Postgres 16 who creates a role is a member of it, but may not take it on.
  right_to_take_on constant text := case
    when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end;
begin
  foreach name in array names loop
    if to_regrole(name) is null then
      begin
        execute format('create role %I nologin', name);
      exception
        -- Roles belong to the cluster: another database's migration was faster.
        when duplicate_object or unique_violation then null;
      end;
    end if;
    -- So that an owner's connection can take the role on.
    if not pg_has_role(current_user, name, right_to_take_on) then
      execute format('grant %I to %I', name, current_user);
    end if;
  end loop;
exception
  when insufficient_privilege then
    raise insufficient_privilege using message = format(
      '%I may not make the roles of the processes. As an administrator of Postgres, once, run: %sgrant %s to %I',
      current_user,
      (select string_agg(format('create role %I; ', missing), '') from unnest(names) missing
       where to_regrole(missing) is null),
      array_to_string(names, ', '),
      current_user
    );
end
$$;

-- In a database that is older than Postgres 15 everybody may create in this schema, and what our functions call could be
-- replaced by another thing of the same name.
do $$
begin
  execute format('revoke create on schema %I from public', current_schema());
  execute format('grant usage on schema %I to clinic_api, clinic_realtime', current_schema());
end
$$;

-- Functions are for everybody unless one says otherwise.
revoke execute on function
  act_as, add_account, add_doctor, approve_screen, ask_for_screen, begin_epoch, begin_session, begin_sign_in,
  book_appointment, booked_before, check_in, choose_ticket_prefix, clinic_today, configure_clinic, confirm_epoch,
  disable_account, end_session, end_sign_in, erase_patient, issue_ticket, link_patient, lock_day,
  poll_screen, public_name, purge_expired, queue_changes, record_change, record_event, record_refusal,
  register_patient, renew_session, revoke_screen, revoke_sessions, set_availability, set_password, set_ticket_only,
  touch, touch_doctors, touch_patients, touch_presence, touch_rows, unlink_patient
from public;

grant select on
  clinic, clinic_days, doctor_days, doctors, patients, appointments, booking_requests, queue_entries, screens, sessions,
  audit_events, migrations
to clinic_api;
-- A password's hash is given out by begin_sign_in() alone, which counts the tries.
grant select (id, name, role, doctor_id, scope, created_at, disabled_at) on accounts to clinic_api;
grant execute on function
  add_doctor, approve_screen, ask_for_screen, begin_sign_in, book_appointment, check_in, clinic_today, configure_clinic,
  confirm_epoch, end_session, end_sign_in, erase_patient, link_patient, poll_screen, purge_expired, record_refusal,
  register_patient, renew_session, revoke_screen, set_availability, set_ticket_only, unlink_patient
to clinic_api;

grant select on clinic, clinic_days, doctors, appointments, queue_entries to clinic_realtime;
grant select (doctor_id, date, revision, is_present) on doctor_days to clinic_realtime;
grant select (id, name, phone, age, gender, ticket_only) on patients to clinic_realtime;
grant select (id, token_expires_at, revoked_at) on sessions to clinic_realtime;
grant execute on function clinic_today, confirm_epoch, public_name, queue_changes, record_refusal to clinic_realtime;
