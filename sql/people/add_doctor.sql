-- Adds a doctor, or gives none when the code or the ticket prefix is taken. Without a prefix the next free one is used.
create or replace function add_doctor(
  in_clinic uuid, new_name text, new_code text, new_specialty text, new_ticket_prefix text, actor jsonb
) returns setof doctors
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  return query
    insert into doctors (clinic_id, name, code, specialty, ticket_prefix)
    values (in_clinic, new_name, new_code, new_specialty, new_ticket_prefix)
    on conflict do nothing
    returning *;
end
$$;

grant execute on function add_doctor to clinic_api;
