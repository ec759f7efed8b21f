-- What moving an appointment answers with: {from, to}, as they are now.
create or replace function moved_answer(in_clinic uuid, old_id uuid, new_id uuid) returns jsonb
language plpgsql stable as $$
begin
  return jsonb_build_object(
    'from', shown_appointment(in_clinic, old_id, 'S') - 'queue', 'to', shown_appointment(in_clinic, new_id, 'S') - 'queue'
  );
end
$$;
