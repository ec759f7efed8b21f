-- An entry as its own patient sees it: how many are ahead, and the room once they are called. Null for somebody without a
-- stage.
create or replace function own_entry(entry queue_entries) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'position', shown.position,
      'status', shown.status,
      'checked_in_at', shown.checked_in_at,
      'stage', shown.stage,
      'rank', shown.rank,
      'ahead', shown.ahead,
      'room', case when shown.stage = 'called' then shown.room end,
      'called_at', case when shown.stage = 'called' then shown.called_at end,
      'call_count', case when shown.stage = 'called' then shown.call_count end,
      'answer', shown.answer
    )
    from ordered_entries(entry.clinic_id, entry.date, entry.doctor_id) shown
    where shown.appointment_id = entry.appointment_id
  );
end
$$;
