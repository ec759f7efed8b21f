-- Revokes the links to patients that an account handed out. Returns how many were left.
create or replace function revoke_links(in_clinic uuid, of_account uuid) returns integer
language plpgsql as $$
declare
  link uuid;
  links integer := 0;
begin
  for link in
    select id from sessions
    where (clinic_id, issued_by) = (in_clinic, of_account) and patient_id is not null and revoked_at is null
      and coalesce(expires_at, 'infinity') > now()
  loop
    perform revoke_session(in_clinic, link);
    links := links + 1;
  end loop;
  return links;
end
$$;
