-- A confirmation code that no appointment of the clinic has: 8 of 22 characters that are not taken for each other, whether
-- they are written or read aloud. There are 5 × 10^10, so almost always the first is free.
create or replace function new_confirmation_code(in_clinic uuid) returns text
language plpgsql as $$
declare
  code text;
begin
  loop
    -- The other bytes of a UUID are not all random.
    select string_agg(substr('34679CDFGHJKMNPQRTVWXY', 1 + get_byte(random, n) % 22, 1), '') into code
    from uuid_send(gen_random_uuid()) random, unnest(array[0, 1, 2, 3, 4, 5, 14, 15]) n;
    exit when not exists (select from appointments where (clinic_id, confirmation_code) = (in_clinic, code));
  end loop;
  return code;
end
$$;
