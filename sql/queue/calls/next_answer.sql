-- What "next" answers with: see call_next(). `by_transition` is the call, or what else came of it; null when nothing did.
create or replace function next_answer(
  in_clinic uuid, for_doctor uuid, on_date date, at_place uuid, by_transition uuid, is_repeated boolean, kind text
) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'appointment', case when step.action = 'call_next' then shown_appointment(in_clinic, step.appointment_id, kind) end,
      'transition', case when step.action = 'call_next' then shown_transition(step) end,
      'place', shown_place(in_clinic, on_date, at_place),
      'repeated', is_repeated,
      'skipped', (
        select count(*) from queue_entries
        where (clinic_id, date, doctor_id) = (in_clinic, on_date, for_doctor) and stage = 'skipped'
      )
    )
    from (values (1)) as one
    left join transitions step on (step.clinic_id, step.id) = (in_clinic, by_transition)
  );
end
$$;
