-- Why somebody is called now, as facts that readers put into words: {turn_at, starts_at, checked_in_at, priority, policy,
-- passed_over: [{ticket, why, with?}]}. `passed_over` has the first ten who stand before them in the order: `elsewhere`
-- (called or in consultation under another appointment, with the doctor whom `with` names), `on_hold`, or `out_of_order`.
create or replace function call_facts(entry queue_entries, appointment appointments) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'turn_at', utc_text(entry.turn_at),
      'starts_at', utc_text(starts_at(appointment, clinic)),
      'checked_in_at', utc_text(entry.checked_in_at),
      'priority', entry.priority,
      'policy', clinic.queue_order,
      'passed_over', coalesce((
        select jsonb_agg(
          jsonb_strip_nulls(jsonb_build_object(
            'ticket', earlier.ticket,
            'why', case
              when earlier.stage = 'on_hold' then 'on_hold' when elsewhere is not null then 'elsewhere' else 'out_of_order'
            end,
            'with', elsewhere
          ))
          order by earlier.place
        )
        from (
          select theirs.ticket, theirs.patient_id, theirs.id as appointment_id, other.stage,
            row_number() over (
              order by other.priority desc, other.turn_at, other.tie, theirs.slot, other.checked_in_at, other.id
            ) as place
          from queue_entries other
          join appointments theirs on (theirs.clinic_id, theirs.id) = (other.clinic_id, other.appointment_id)
          where (other.clinic_id, other.date, other.doctor_id) = (entry.clinic_id, entry.date, entry.doctor_id)
            and other.stage in ('waiting', 'on_hold') and other.id <> entry.id
            and (-other.priority, other.turn_at, other.tie, theirs.slot, other.checked_in_at, other.id)
              < (-entry.priority, entry.turn_at, entry.tie, appointment.slot, entry.checked_in_at, entry.id)
          order by place
          limit 10
        ) earlier
        cross join doctor_elsewhere(entry.clinic_id, entry.date, earlier.patient_id, earlier.appointment_id) elsewhere
      ), '[]')
    )
    from clinics clinic
    where clinic.id = entry.clinic_id
  );
end
$$;
