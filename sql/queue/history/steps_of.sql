-- The history of an appointment's entry, oldest first, as {…} of shown_transition().
create or replace function steps_of(in_clinic uuid, of_appointment uuid) returns setof jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select shown_transition(step)
  from transitions step
  where (step.clinic_id, step.appointment_id) = (in_clinic, of_appointment)
  order by step.ordinal
$$;

grant execute on function steps_of to clinic_api;
