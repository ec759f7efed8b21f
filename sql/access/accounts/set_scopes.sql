-- Sets what a service may do. Its sessions follow at once, and what it issued may do no more than is left; it does not get
-- back what it once lost. Raises CQ001 when there is no such service.
create or replace function set_scopes(in_clinic uuid, with_name text, new_scope text, actor jsonb) returns void
language plpgsql as $$
declare
  service uuid;
begin
  perform act_as(actor);
  update accounts set scope = new_scope
  where (clinic_id, name) = (in_clinic, with_name) and role = 'service'
  returning id into service;
  if not found then
    raise 'Service not found' using errcode = 'CQ001';
  end if;
  update sessions
  set scope = case when account_id = service then new_scope else common_scopes(scope, new_scope) end,
    reduced_in = pg_current_xact_id()
  where clinic_id = in_clinic and (account_id = service or (issued_by = service and patient_id is not null)) and revoked_at is null;
end
$$;
