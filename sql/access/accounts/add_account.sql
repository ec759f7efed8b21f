-- Adds an account. `doctor_code` is for the role doctor, `new_scope` for service. Raises CQ001 no such doctor, CQ002 an
-- operator of another clinic than the default one, which is where operators decide about all clinics,
-- 23505 (unique_violation) a name that exists, 23514 (check_violation) a name, role or scope that cannot be.
create or replace function add_account(
  in_clinic uuid, new_name text, new_role text, doctor_code text, new_scope text, new_password_hash text, actor jsonb
) returns void
language plpgsql as $$
declare
  doctor uuid;
begin
  perform act_as(actor);
  if new_role = 'operator' and not (select is_default from clinics where id = in_clinic) then
    raise 'role: an operator has an account of the default clinic' using errcode = 'CQ002';
  end if;
  if doctor_code is not null then
    select id into doctor from doctors where (clinic_id, code) = (in_clinic, doctor_code);
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
  end if;
  insert into accounts (clinic_id, name, role, doctor_id, scope, password_hash)
  values (in_clinic, new_name, new_role, doctor, new_scope, new_password_hash);
end
$$;
