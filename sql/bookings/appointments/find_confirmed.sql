-- The appointment that a confirmation code leads to: the one that bears it, or the one that is in its place since it was
-- moved. No row when there is none.
create or replace function find_confirmed(in_clinic uuid, code text) returns setof appointments
language plpgsql stable as $$
begin
  return query
  select later.* from appointments named
  cross join lateral in_place_of(in_clinic, named.id) later
  where (named.clinic_id, named.confirmation_code) = (in_clinic, code);
end
$$;

grant execute on function find_confirmed to clinic_api;
