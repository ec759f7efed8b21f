-- Tells the audit trail a step of the queue in words. A check-in is in the trail as the rows that it writes.
create or replace function record_step(step transitions, ticket text) returns void
language plpgsql as $$
declare
  place constant text := coalesce('room ' || step.room, 'the doctor');
  taken_back text;
begin
  if step.action in ('check_in', 'walk_in') then
    return;
  end if;
  if step.undoes is not null then
    select action into taken_back from transitions where (clinic_id, id) = (step.clinic_id, step.undoes);
  end if;
  perform record_event(
    step.clinic_id, step.action, 'appointments', step.appointment_id::text,
    jsonb_build_object('stage', step.from_stage),
    jsonb_strip_nulls(jsonb_build_object(
      'stage', step.to_stage,
      'summary', case step.action
        when 'undo' then format('%s of %s was taken back', replace(taken_back, '_', ' '), ticket)
        when 'call' then format('%s was called to %s', ticket, place)
        when 'call_next' then format('%s was called to %s, as the next', ticket, place)
        when 'recall' then format('%s was called to %s again', ticket, place)
        when 'start' then format('the consultation of %s began in %s', ticket, place)
        when 'transfer' then format('%s was sent to another doctor', ticket)
        else format('%s: %s', ticket, replace(step.action, '_', ' '))
      end,
      'doctor_id', step.doctor_id, 'reason', step.reason, 'transition', step.id, 'undoes', step.undoes
    ))
  );
end
$$;
