-- The words that somebody types to find a patient, as plain_words() has them: each once, and the first eight. A search costs
-- more with each word, and names have fewer.
create or replace function sought_words(typed text) returns text[]
language sql immutable as $$
  select array(
    select word from unnest(plain_words(typed)) with ordinality as given (word, place)
    group by word
    order by min(place)
    limit 8
  )
$$;
