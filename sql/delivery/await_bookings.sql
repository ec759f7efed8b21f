-- Before what sections show of a patient or doctor changes: waits for whoever writes an appointment of theirs, and so
-- holds this row (for key share, as a foreign key does). Else touch_patients() and touch_doctors() would not see that
-- appointment, and the section that it is in would keep the old name without a word.
create or replace function await_bookings() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'doctors' then
    perform from doctors where (clinic_id, id) = (old.clinic_id, old.id) for update;
  else
    perform from patients where (clinic_id, id) = (old.clinic_id, old.id) for update;
  end if;
  return new;
end
$$;
