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
    -- Each part by an index of its own, because a step fills or empties a place under the lock of the date.
    with used as (
      select distinct * from unnest(clinic_ids, dates, place_ids) as used (clinic_id, date, place_id)
    )
    select clinic_id, date, place_id as doctor_id from used
    union
    select clinic_id, date, unnest(place.doctor_ids) from used join day_places place using (clinic_id, date, place_id)
    union
    select clinic_id, date, section.doctor_id
    from used join doctor_days section using (clinic_id, date)
    where section.room_id = used.place_id
    union
    select used.clinic_id, used.date, doctor.id
    from used
    join doctors doctor on (doctor.clinic_id, doctor.room_id) = (used.clinic_id, used.place_id)
    where not exists (
      select from doctor_days section
      where (section.clinic_id, section.date, section.doctor_id) = (used.clinic_id, used.date, doctor.id)
        and section.room_id <> used.place_id
    )
  ) viewer
  join doctor_days using (clinic_id, date, doctor_id);
end
$$;
