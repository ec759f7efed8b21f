-- The scopes that are in both; null stands for all scopes.
create or replace function common_scopes(a text, b text) returns text
language sql immutable as $$
  select case
    when a is null then b
    when b is null then a
    else (
      select coalesce(string_agg(word, ' ' order by place), '')
      from unnest(string_to_array(a, ' ')) with ordinality as granted (word, place)
      where word = any (string_to_array(b, ' ')) and word <> ''
    )
  end
$$;
