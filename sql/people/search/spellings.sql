-- Patterns for `like` of all words that are this one but for one typing error.
create or replace function spellings(word text) returns text[]
language sql immutable as $$
  select array_agg(distinct pattern)
  from generate_series(1, char_length(word)) as place,
    unnest(array[
      -- Wrong, too many, missing before this place, and changed with the next.
      left(word, place - 1) || '_' || substr(word, place + 1),
      left(word, place - 1) || substr(word, place + 1),
      left(word, place - 1) || '_' || substr(word, place),
      left(word, place - 1) || substr(word, place + 1, 1) || substr(word, place, 1) || substr(word, place + 2)
    ]) as pattern
$$;
