-- Ends the invitations that an account made; an operator's are of other clinics.
create or replace function revoke_invitations_of(in_clinic uuid, of_account uuid) returns void
language plpgsql as $$
begin
  delete from invitations
  where invited_by = of_account::text and (
    clinic_id = in_clinic
    or exists (select from accounts where (clinic_id, id, role) = (in_clinic, of_account, 'operator'))
  );
end
$$;
