-- Touches the sections that show these places (three arrays, read in step): those of the doctors who had patients there on
-- that date, and of those whose room it is.
create or replace function touch_viewers(clinic_ids uuid[], dates date[], place_ids uuid[]) returns void
language plpgsql as $$
declare
  used record;
begin
  for used in
    select distinct * from unnest(clinic_ids, dates, place_ids) as place (clinic_id, date, place_id)
    order by clinic_id, date
  loop
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from doctor_days
    where (clinic_id, date) = (used.clinic_id, used.date) and doctor_id = any (array(
      -- Each part by an index of its own, because a step fills or empties a place under the lock of the date.
      select used.place_id
      union all
      select unnest(doctor_ids) from day_places
      where (clinic_id, date, place_id) = (used.clinic_id, used.date, used.place_id)
      union all
      select doctor_id from doctor_days
      where (clinic_id, date, room_id) = (used.clinic_id, used.date, used.place_id)
      union all
      select doctor.id from doctors doctor
      where (doctor.clinic_id, doctor.room_id) = (used.clinic_id, used.place_id) and not exists (
        select from doctor_days section
        where (section.clinic_id, section.date, section.doctor_id) = (used.clinic_id, used.date, doctor.id)
          and section.room_id <> used.place_id
      )
    ));
  end loop;
end
$$;
