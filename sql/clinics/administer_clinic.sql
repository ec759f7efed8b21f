-- Changes a clinic's name and time zone, where `changes` has them, and whether it is suspended: closed to everybody until it is
-- opened again. Raises CQ001 when there is no such clinic, CQ002 when the default clinic would be suspended, where operators
-- sign in, and 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function administer_clinic(with_code text, changes jsonb, actor jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  clinic clinics;
  is_to_be_suspended constant boolean := (changes ->> 'suspended')::boolean;
begin
  select * into clinic from clinics where code = with_code for update;
  if not found then
    raise 'Clinic not found' using errcode = 'CQ001';
  end if;
  if clinic.is_default and is_to_be_suspended then
    raise 'suspended: the default clinic cannot be suspended' using errcode = 'CQ002';
  end if;
  clinic := change_clinic(
    clinic.id,
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(changes) where key in ('name', 'timezone')),
    actor
  );
  if is_to_be_suspended is distinct from (clinic.suspended_at is not null) and is_to_be_suspended is not null then
    update clinics set suspended_at = case when is_to_be_suspended then now() end where id = clinic.id
    returning * into clinic;
  end if;
  return clinic;
end
$$;

grant execute on function administer_clinic to clinic_api;
