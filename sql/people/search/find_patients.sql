-- Finds patients by what somebody typed: see matching_patients(); where nothing matches, with a name that sounds alike or has
-- one typing error: see resembling_patients(). By name, after the patient `after`, at most so many.
create or replace function find_patients(in_clinic uuid, typed text, after uuid, at_most integer) returns setof patients
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found_ids uuid[] := array(select * from matching_patients(in_clinic, typed));
  last patients;
begin
  if cardinality(found_ids) = 0 then
    -- Whole words come before begun ones, which are many.
    found_ids := array(
      select id from (
        select id, is_whole, bool_or(is_whole) over () as is_any_whole
        from resembling_patients(in_clinic, sought_words(typed))
      ) resembling
      where is_whole = is_any_whole
    );
  end if;
  if after is not null then
    select * into last from patients where (clinic_id, id) = (in_clinic, after);
  end if;
  return query
    select patient.* from patients patient
    where patient.clinic_id = in_clinic and patient.erased_at is null
      and (last.id is null or (patient.name collate "C", patient.id) > (last.name collate "C", last.id))
      and patient.id = any (found_ids)
    order by patient.name collate "C", patient.id
    limit at_most;
end
$$;

grant execute on function find_patients to clinic_api;
