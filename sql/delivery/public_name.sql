-- What a public screen shows in place of a name. `shown`: ticket, initials (JD) or first_name (John D.).
create or replace function public_name(full_name text, ticket text, ticket_only boolean, shown text) returns text
language sql immutable as $$
  select case
    when ticket_only or shown = 'ticket' then ticket
    when shown = 'initials' then upper(left(word[1], 1) || case when rest then left(word[cardinality(word)], 1) else '' end)
    else word[1] || case when rest then ' ' || upper(left(word[cardinality(word)], 1)) || '.' else '' end
  end
  from (select word, cardinality(word) > 1 as rest from regexp_split_to_array(trim(full_name), '\s+') as word) names
$$;

grant execute on function public_name to clinic_realtime;
