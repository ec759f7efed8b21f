-- The patient of a line of a file, and how many patients could be meant; null where none is, or several are. Somebody with
-- exactly this name, phone and birth date comes first; else what the line leaves out is not compared.
create or replace function imported_patient(
  in_clinic uuid, of_name text, of_phone text, born date, out id uuid, out alike integer
)
language plpgsql stable as $$
declare
  ids uuid[];
  exact uuid[];
begin
  select array_agg(known.id),
    array_agg(known.id) filter (where known.phone is not distinct from of_phone and known.birth_date is not distinct from born)
  into ids, exact
  from patients known
  where known.clinic_id = in_clinic and known.name collate "C" = of_name and known.erased_at is null
    and (of_phone is null or known.phone = of_phone)
    and (born is null or known.birth_date = born);
  alike := coalesce(cardinality(ids), 0);
  if alike = 1 then
    id := ids[1];
  elsif cardinality(exact) = 1 then
    id := exact[1];
  end if;
end
$$;
