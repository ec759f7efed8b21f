-- Finds patients by what somebody typed: words of the name, in any order and each perhaps only begun; a phone number, with or
-- without the code of the country; or a ticket of today. By name, after the patient `after`, at most so many.
create or replace function find_patients(in_clinic uuid, typed text, after uuid, at_most integer) returns setof patients
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  words constant text[] := plain_words(typed);
  digits constant text := ltrim(regexp_replace(replace(typed, '(0)', ''), '\D', '', 'g'), '0');
  is_number constant boolean := typed ~ '^[0-9\s+()./-]+$' and char_length(digits) >= 5;
  sought constant tsquery := (
    select string_agg(quote_literal(word) || ':*', ' & ') from unnest(words) as word
  )::tsquery;
  last patients;
begin
  if after is not null then
    select * into last from patients where (clinic_id, id) = (in_clinic, after);
  end if;
  return query
    select patient.* from patients patient
    where patient.clinic_id = in_clinic and patient.erased_at is null
      and (last.id is null or (patient.name collate "C", patient.id) > (last.name collate "C", last.id))
      and patient.id in (
        select named.id from patients named where named.clinic_id = in_clinic and named.search @@ sought
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
      )
    order by patient.name collate "C", patient.id
    limit at_most;
end
$$;

grant execute on function find_patients to clinic_api;
