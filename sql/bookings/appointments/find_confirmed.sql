-- The appointment that a confirmation code leads to: the one that bears it, or the one that is in its place since it was
-- moved. No row when there is none.
create or replace function find_confirmed(in_clinic uuid, code text) returns setof appointments
language plpgsql stable as $$
begin
  return query
  with recursive moved as (
    select id, rescheduled_to from appointments where (clinic_id, confirmation_code) = (in_clinic, code)
    union all
    select later.id, later.rescheduled_to
    from moved join appointments later on (later.clinic_id, later.id) = (in_clinic, moved.rescheduled_to)
  )
  select * from appointments
  where (clinic_id, id) = (in_clinic, (select id from moved where rescheduled_to is null));
end
$$;

grant execute on function find_confirmed to clinic_api;
