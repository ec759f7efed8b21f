-- Ends the sessions of an account or a patient that were renewed longest ago, so that there is room for one more: a program
-- that signs in again and again must not fill the table. An account has 200 sessions at most, a patient 20.
create or replace function make_room_for_session(in_clinic uuid, of_account uuid, of_patient uuid) returns void
language plpgsql as $$
declare
  surplus uuid;
begin
  for surplus in
    select id from sessions
    where clinic_id = in_clinic and (account_id = of_account or patient_id = of_patient) and revoked_at is null
      and coalesce(expires_at, 'infinity') > now()
    order by renewed_at desc, id
    offset case when of_account is null then 19 else 199 end
  loop
    perform revoke_session(in_clinic, surplus);
  end loop;
end
$$;
