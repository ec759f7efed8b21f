-- Touches the sections of all doctors who used a place that was filled or emptied: each shows its places. One that no longer
-- has appointments has no section, and touching it does no harm.
create or replace function touch_places() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (select clinic_id, unnest(doctor_ids) as doctor_id, date from new_rows) used;
  return null;
end
$$;
