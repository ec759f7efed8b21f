-- For each who waits for a doctor on a date, in order, the facts why they stand there: {appointment_id, ticket, rank, facts}.
create or replace function order_of_queue(in_clinic uuid, on_date date, for_doctor uuid)
returns table (appointment_id uuid, ticket text, rank integer, facts jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select waiting.appointment_id, appointment.ticket, waiting.rank, call_facts(entry, appointment)
  from waiting_in_order(in_clinic, on_date, for_doctor) waiting
  join appointments appointment on (appointment.clinic_id, appointment.id) = (in_clinic, waiting.appointment_id)
  join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, waiting.appointment_id)
  order by waiting.rank
$$;

grant execute on function order_of_queue to clinic_api;
