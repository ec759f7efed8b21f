-- Who waits for a slot like this one, longest waiting first: see matching_places().
create or replace function waitlist_matches(in_clinic uuid, with_doctor uuid, at_start timestamptz) returns setof waitlist
language plpgsql stable as $$
begin
  return query
  select (matching.place).* from matching_places(in_clinic, with_doctor, array[at_start]) matching
  order by (matching.place).created_at, (matching.place).id;
end
$$;

grant execute on function waitlist_matches to clinic_api;
