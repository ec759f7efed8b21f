-- Touches the sections that show these places (three arrays, read in step): those of the doctors who had patients there on
-- that date, and of those whose room it is.
create or replace function touch_viewers(clinic_ids uuid[], dates date[], place_ids uuid[]) returns void
language plpgsql as $$
begin
  if place_ids is null then
    return;
  end if;
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select section.clinic_id, section.doctor_id, section.date
    from unnest(clinic_ids, dates, place_ids) as used (clinic_id, date, place_id)
    join doctor_days section using (clinic_id, date)
    join doctors doctor on (doctor.clinic_id, doctor.id) = (section.clinic_id, section.doctor_id)
    where used.place_id in (section.doctor_id, coalesce(section.room_id, doctor.room_id))
      or exists (
        select from day_places place
        where (place.clinic_id, place.date, place.place_id) = (used.clinic_id, used.date, used.place_id)
          and section.doctor_id = any (place.doctor_ids)
      )
  ) viewer;
end
$$;
