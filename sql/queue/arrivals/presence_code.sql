-- The four digits that a clinic's waiting-room screens show at a moment, and until when. They change every ten minutes.
create or replace function presence_code(in_clinic uuid, moment timestamptz, out code text, out until timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  turn constant bigint := floor(extract(epoch from moment) / 600);
  digest bytea;
begin
  select sha256(convert_to(presence_key || ' ' || turn, 'UTF8')) into digest from clinics where id = in_clinic;
  code := lpad((('x' || encode(substr(digest, 1, 4), 'hex'))::bit(32)::bigint % 10000)::text, 4, '0');
  until := to_timestamp((turn + 1) * 600);
end
$$;

grant execute on function presence_code to clinic_api;
