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

-- The realtime process reads the patients who have an appointment, because a queue shows no others. Functions that run with
-- the owner's rights read all.
alter table patients enable row level security;
create policy patients_of_api on patients for select to clinic_api using (true);
create policy patients_of_realtime on patients for select to clinic_realtime
  using (exists (
    select from appointments
    where (appointments.clinic_id, appointments.patient_id) = (patients.clinic_id, patients.id)
  ));
