-- An entry as staff and doctors see it in the answers of REST; null for somebody without a stage.
create or replace function shown_entry(entry queue_entries) returns jsonb
language sql stable as $$
  select to_jsonb(shown) - array['appointment_id', 'ahead']
  from ordered_entries(entry.clinic_id, entry.date, entry.doctor_id) shown
  where shown.appointment_id = entry.appointment_id
$$;
