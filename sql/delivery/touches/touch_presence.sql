-- Touches the sections of doctors whose state, notice or room of the day changed. An update by hand should call lock_day()
-- first, as set_availability() does: it locks section and day in the other order than everybody else, and may be the victim of
-- a deadlock.
-- The trigger also fires when touch() stamps a revision;
-- then no presence differs, nothing is touched, and the recursion ends.
create or replace function touch_presence() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select new_rows.clinic_id, new_rows.doctor_id, new_rows.date
    from old_rows
    join new_rows using (clinic_id, date, doctor_id)
    where (old_rows.state, old_rows.returns_at, old_rows.notice, old_rows.room_id)
        is distinct from (new_rows.state, new_rows.returns_at, new_rows.notice, new_rows.room_id)
      and exists (
        select from appointments a
        where (a.clinic_id, a.date, a.doctor_id) = (new_rows.clinic_id, new_rows.date, new_rows.doctor_id)
          and a.status <> 'cancelled'
      )
  ) shown;
  return null;
end
$$;
