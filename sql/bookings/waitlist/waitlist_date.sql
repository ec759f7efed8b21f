-- The date whose lock a transaction takes that may make a slot free: today, where somebody waits for one, because the task
-- for the desk is of today; else null.
create or replace function waitlist_date(in_clinic uuid) returns date
language plpgsql as $$
begin
  return (
    select clinic_today(in_clinic)
    where exists (select from waitlist where clinic_id = in_clinic and state = 'waiting')
  );
end
$$;
