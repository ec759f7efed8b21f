-- A transition as the history shows it: {id, action, from_stage, to_stage, actor, place, reason, facts, undoes, at}.
create or replace function shown_transition(step transitions) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'id', step.id,
      'action', step.action,
      'from_stage', step.from_stage,
      'to_stage', step.to_stage,
      'actor', jsonb_build_object('id', step.actor, 'role', step.actor_role, 'name', step.actor_name),
      'place', case when step.place_id is not null then
        jsonb_build_object('place_id', step.place_id, 'room', step.room)
      end,
      'reason', step.reason,
      'facts', step.facts,
      'undoes', step.undoes,
      'at', utc_text(step.at)
    )
  );
end
$$;
