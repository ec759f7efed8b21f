-- What a public screen shows in place of a name. `shown`: ticket, initials (JD) or first_name (John D.).
--
-- The only word that is shown whole is one that another follows: the ticket stands for a name of one word. It also stands for
-- a name in which words are separated by more than spaces, as in "Doe, John", because that may begin with the surname.
-- Words with a full stop, such as titles, are no first names. Spaces are those of Unicode, whatever the database's locale.
create or replace function public_name(full_name text, ticket text, ticket_only boolean, shown text) returns text
language sql immutable as $$
  select coalesce((
    select case
      when shown = 'initials' then upper(left(words[1], 1) || left(words[cardinality(words)], 1))
      when full_name ~ '[,;:/|_·،؛٬、・，；：／｜]' then null
      else words[1] || ' ' || upper(left(words[cardinality(words)], 1)) || '.'
    end
    from (
      select array_agg(word order by place) as words
      from regexp_split_to_table(
        normalize(full_name, nfc),
        '[\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff,;:/|_·،؛٬、・，；：／｜]+'
      ) with ordinality as split (word, place)
      where word <> '' and (shown = 'initials' or position('.' in word) = 0)
    ) names
    where cardinality(words) > 1 and shown <> 'ticket' and not ticket_only
  ), ticket)
$$;

grant execute on function public_name to clinic_realtime;
