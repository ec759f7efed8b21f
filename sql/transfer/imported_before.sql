-- An appointment that is what a line of a file says, see import_appointments(), and is not among `claimed`, which other lines
-- are already; null where there is none.
create or replace function imported_before(in_clinic uuid, given record, claimed uuid[]) returns uuid
language plpgsql stable as $$
begin
  return (
    select id from appointments known
    where (clinic_id, patient_id, doctor_id, date) = (in_clinic, given.patient_id, given.doctor_id, given.date)
      and id <> all (claimed) and outcome is not distinct from nullif(given.outcome, 'unknown')
      and wall_minute % 1440 is not distinct from extract(epoch from given."time")::integer / 60
      and (wall_minute is not null or time_slot is not distinct from given.hour)
    limit 1
  );
end
$$;
