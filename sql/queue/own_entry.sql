-- An entry as its own patient sees it: how many are ahead, and the room once they are called.
create or replace function own_entry(entry queue_entries) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'position', entry.position,
    'status', entry.status,
    'checked_in_at', utc_text(entry.checked_in_at),
    'stage', entry.stage,
    'rank', waiting.rank,
    'ahead', coalesce(waiting.rank - 1, 0),
    'room', case when entry.stage = 'called' then (
      select jsonb_build_object('id', id, 'name', name) from rooms where (clinic_id, id) = (entry.clinic_id, entry.room_id)
    ) end,
    'called_at', case when entry.stage = 'called' then utc_text(entry.called_at) end,
    'call_count', case when entry.stage = 'called' then entry.call_count end,
    'answer', entry.answer
  )
  from (values (1)) as one
  left join waiting_in_order(entry.clinic_id, entry.date, entry.doctor_id) waiting
    on waiting.appointment_id = entry.appointment_id
$$;
