-- What an action answers with: {appointment, transition, place, repeated}, as they are now. `place` is where the step was
-- made, as callers of "next" compare it. A patient ('P') gets no place and no transition.
create or replace function step_answer(
  in_clinic uuid, for_appointment uuid, by_transition uuid, is_repeated boolean, kind text
) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'appointment', shown_appointment(in_clinic, for_appointment, kind),
      'transition', case when kind <> 'P' then shown_transition(step) end,
      'place', case when kind <> 'P' then shown_place(in_clinic, step.date, step.place_id) end,
      'repeated', is_repeated
    )
    from transitions step
    where (step.clinic_id, step.id) = (in_clinic, by_transition)
  );
end
$$;
