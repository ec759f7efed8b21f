-- Records a patient's wish that public screens show the ticket alone. No row when there is no such patient. Processes of the
-- first release call it; later ones call change_patient().
create or replace function set_ticket_only(in_clinic uuid, for_patient uuid, wanted boolean, actor jsonb)
returns setof patients
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  return query
    update patients set ticket_only = wanted
    where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null
    returning *;
end
$$;

grant execute on function set_ticket_only to clinic_api;
