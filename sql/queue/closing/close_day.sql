-- Closes a clinic's date, once: whoever is still in a queue has left or was served, and whoever never came is a no-show.
--
-- Nobody is judged on a date that began before the clinic could call, nor in the queue of a doctor who called nobody that day:
-- a clinic that only checks in sees nothing change.
create or replace function close_day(in_clinic uuid, on_date date) returns void
language plpgsql as $$
declare
  moment timestamptz;
  entry queue_entries;
  callers uuid[];
begin
  perform lock_day(in_clinic, on_date);
  perform from clinic_days where (clinic_id, date) = (in_clinic, on_date) and closed_at is not null;
  if found then
    return;
  end if;
  moment := clinic_now(in_clinic);
  -- The history knows, and not the entries: whoever was called may be with another doctor now.
  select array_agg(distinct called.doctor_id) into callers
  from transitions called
  where (called.clinic_id, called.date) = (in_clinic, on_date) and called.action in ('call', 'call_next', 'start')
    and not is_undone(in_clinic, called.id)
    and on_date >= (select coalesce(calls_since, on_date) from clinics where id = in_clinic);
  for entry in
    select * from queue_entries open_entry
    where (open_entry.clinic_id, open_entry.date) = (in_clinic, on_date) and open_entry.doctor_id = any (callers)
      and open_entry.stage in ('waiting', 'called', 'in_consultation', 'on_hold', 'skipped')
    order by open_entry.doctor_id, open_entry.position
  loop
    perform move_entry(entry, 'close', 'X', '{}', moment);
  end loop;
  update appointments set outcome = 'no_show', updated_at = moment
  where (clinic_id, date) = (in_clinic, on_date) and doctor_id = any (callers) and status = 'booked' and outcome is null;
  update clinic_days set closed_at = moment where (clinic_id, date) = (in_clinic, on_date);
end
$$;
