-- Who waits for a doctor on a date, in the order in which they are called; `rank` is 1…k.
create or replace function waiting_in_order(in_clinic uuid, on_date date, for_doctor uuid)
returns table (appointment_id uuid, rank integer)
language sql stable as $$
  select entry.appointment_id, (row_number() over (
    order by entry.priority desc, entry.turn_at, entry.tie, appointment.slot, entry.checked_in_at, entry.id
  ))::integer
  from queue_entries entry
  join appointments appointment on (appointment.clinic_id, appointment.id) = (entry.clinic_id, entry.appointment_id)
  where (entry.clinic_id, entry.date, entry.doctor_id) = (in_clinic, on_date, for_doctor) and entry.stage = 'waiting'
$$;
