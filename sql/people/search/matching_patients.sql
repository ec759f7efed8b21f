-- The ids of patients whom somebody may mean who typed this: words of the name, in any order and each perhaps only begun; a
-- phone number, with or without the code of the country; a ticket of today; or a confirmation code. One may come twice.
create or replace function matching_patients(in_clinic uuid, typed text) returns setof uuid
language plpgsql stable as $$
declare
  digits constant text := ltrim(regexp_replace(replace(typed, '(0)', ''), '\D', '', 'g'), '0');
  is_number constant boolean := typed ~ '^[0-9\s+()./-]+$' and char_length(digits) >= 5;
  sought constant tsquery := (
    select string_agg(quote_literal(word) || ':*', ' & ') from unnest(sought_words(typed)) as word
  )::tsquery;
begin
  return query
    select named.id from patients named
    where named.clinic_id = in_clinic and named.erased_at is null and named.search @@ sought
    union all
    -- Whatever stands before the last digits, of what was typed or of what is known, may be a country's code.
    select numbered.id from patients numbered
    where is_number and numbered.clinic_id = in_clinic
      and reverse(numbered.phone) like reverse(right(digits, 7)) || '%'
      and (
        numbered.phone like '%' || digits
        or digits like '%' || ltrim(regexp_replace(numbered.phone, '\D', '', 'g'), '0')
      )
    union all
    select appointment.patient_id from appointments appointment
    where (appointment.clinic_id, appointment.date, appointment.ticket) = (in_clinic, clinic_today(in_clinic), upper(typed))
    union all
    select confirmed.patient_id from appointments confirmed
    where (confirmed.clinic_id, confirmed.confirmation_code) = (in_clinic, upper(regexp_replace(typed, '[\s-]', '', 'g')));
end
$$;
