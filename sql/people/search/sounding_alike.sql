-- What finds the words that begin like this one when it is spoken, as text for a `tsquery`: Maier, Mayer, Meier and Meyer
-- sound alike.
create or replace function sounding_alike(word text) returns text
language sql immutable as $$
  select string_agg(distinct quote_literal(regexp_replace(word, '[ae][iy]', pair)) || ':*', ' | ')
  from unnest(array['ai', 'ay', 'ei', 'ey']) as pair
$$;
