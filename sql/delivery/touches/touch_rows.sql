-- For tables whose rows belong to one doctor and date: touches the sections of all rows that a statement wrote,
-- where they were and where they are.
create or replace function touch_rows() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select distinct clinic_id, doctor_id, date from new_rows) written;
  elsif tg_op = 'DELETE' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select distinct clinic_id, doctor_id, date from old_rows) written;
  else
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (
      select clinic_id, doctor_id, date from old_rows union select clinic_id, doctor_id, date from new_rows
    ) written;
  end if;
  return null;
end
$$;
