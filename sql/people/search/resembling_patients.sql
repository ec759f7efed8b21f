-- Patients whose names have these words as they sound, see sounding_alike(), but for one typing error in one word of four
-- letters or more: a letter that is wrong, missing or too many, or two that changed places. The other words may be only begun,
-- and so may this one: `is_whole` tells where it is not. One may come twice.
--
-- Of a word with one error the beginning or the end is right, or its two letters in the middle changed places. So an index
-- finds those who share either, and only the first 10,000 of their names are compared. The expression for ends is that of an
-- index.
create or replace function resembling_patients(in_clinic uuid, words text[]) returns table (id uuid, is_whole boolean)
language plpgsql stable as $$
declare
  word text;
  place integer;
  half integer;
  patterns text[];
  alike tsquery;
  others tsquery;
  begun tsquery;
  ended tsquery;
begin
  alike := (select string_agg('(' || sounding_alike(given) || ')', ' & ') from unnest(words) as given)::tsquery;
  return query
    select patient.id, patient.search @@ replace(alike::text, ':*', '')::tsquery
    from patients patient
    where patient.clinic_id = in_clinic and patient.erased_at is null and patient.search @@ alike;
  for word, place in select * from unnest(words) with ordinality loop
    continue when char_length(word) < 4 or word ~ '[0-9%]';
    half := char_length(word) / 2;
    patterns := spellings(word);
    others := (
      select string_agg('(' || sounding_alike(other) || ')', ' & ') from unnest(words) with ordinality as given (other, at)
      where at <> place
    )::tsquery;
    begun := (
      quote_literal(left(word, half)) || ':* | '
      || quote_literal(left(word, half - 1) || substr(word, half + 1, 1)) || ':*'
    )::tsquery;
    ended := (quote_literal(reverse(substr(word, half + 1))) || ':*')::tsquery;
    return query
      select compared.id, bool_or(compared.name like any (patterns))
      from (
        select patient.id, name
        from (
          (
            select begins.id, begins.search from patients begins
            where begins.clinic_id = in_clinic and begins.erased_at is null
              and begins.search @@ case when others is null then begun else begun && others end
            limit 10000
          )
          union all
          (
            select ends.id, ends.search from patients ends
            where ends.clinic_id = in_clinic and ends.erased_at is null and (others is null or ends.search @@ others)
              and array_to_tsvector(array_remove(regexp_split_to_array(reverse(ends.search::text), '[ '']+'), '')) @@ ended
            limit 10000
          )
        ) patient
        cross join unnest(tsvector_to_array(patient.search)) as name
      ) compared
      where compared.name like any (array(select pattern || '%' from unnest(patterns) as pattern))
      group by compared.id;
  end loop;
end
$$;
