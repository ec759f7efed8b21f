-- The newest step of an appointment's entry that still stands and that an undo could take back or must not pass over. Steps
-- that were taken back do not stand; acknowledge and recall leave the stage alone, and go with the call that they belong to.
create or replace function newest_step(in_clinic uuid, of_appointment uuid) returns transitions
language plpgsql stable as $$
begin
  return (
    select step from transitions step
    where (step.clinic_id, step.appointment_id) = (in_clinic, of_appointment)
      and step.action not in ('undo', 'acknowledge', 'recall')
      and not exists (
        select from transitions undo where (undo.clinic_id, undo.undoes) = (step.clinic_id, step.id)
      )
    order by step.ordinal desc
    limit 1
  );
end
$$;
