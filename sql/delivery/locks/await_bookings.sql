-- Before what sections show of a patient, a doctor, a room or an area changes: waits for whoever writes an appointment of
-- theirs, or moves a doctor there, and so holds this row (for key share, as a foreign key does). Else the triggers
-- that touch sections would not see that appointment, and the section that it is in would keep the old name without a word.
create or replace function await_bookings() returns trigger
language plpgsql as $$
begin
  execute format('select from %I where (clinic_id, id) = ($1, $2) for update', tg_table_name) using old.clinic_id, old.id;
  return new;
end
$$;
