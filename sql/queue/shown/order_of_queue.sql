-- For each who waits for a doctor on a date, in order, the facts why they stand there: {appointment_id, ticket, rank, facts}.
-- The facts are those of call_facts(), in one pass: whoever is passed over stands among the first ten of the queue, so these
-- alone are looked up elsewhere, and once.
create or replace function order_of_queue(in_clinic uuid, on_date date, for_doctor uuid)
returns table (appointment_id uuid, ticket text, rank integer, facts jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  with standing as materialized (
    select entry.stage, entry.turn_at, entry.checked_in_at, entry.priority, appointment as booked,
      row_number() over in_order as place,
      count(*) filter (where entry.stage = 'waiting') over in_order as waiting_until
    from queue_entries entry
    join appointments appointment on (appointment.clinic_id, appointment.id) = (in_clinic, entry.appointment_id)
    where (entry.clinic_id, entry.date, entry.doctor_id) = (in_clinic, on_date, for_doctor)
      and entry.stage in ('waiting', 'on_hold')
    window in_order as (
      order by entry.priority desc, entry.turn_at, entry.tie, appointment.slot, entry.checked_in_at, entry.id
    )
  ), first as materialized (
    select place, jsonb_strip_nulls(jsonb_build_object(
      'ticket', (booked).ticket,
      'why', case
        when stage = 'on_hold' then 'on_hold' when elsewhere is not null then 'elsewhere' else 'out_of_order'
      end,
      'with', elsewhere
    )) as fact
    from (select * from standing where place <= 10) earliest
    cross join doctor_elsewhere(in_clinic, on_date, (booked).patient_id, (booked).id) elsewhere
  )
  select (booked).id, (booked).ticket, waiting_until::integer, jsonb_build_object(
    'turn_at', utc_text(turn_at),
    'starts_at', utc_text(starts_at(booked, clinic)),
    'checked_in_at', utc_text(checked_in_at),
    'priority', priority,
    'policy', clinic.queue_order,
    'passed_over', coalesce(
      (select jsonb_agg(first.fact order by first.place) from first where first.place < standing.place), '[]'
    )
  )
  from standing
  cross join clinics clinic
  where standing.stage = 'waiting' and clinic.id = in_clinic
  order by place
$$;

grant execute on function order_of_queue to clinic_api;
