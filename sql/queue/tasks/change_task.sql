-- Changes a task: `changes` has what changes, as JSON, of text, state and tries. `by_doctor`: whose tasks alone exist for the
-- caller; null for everybody's. Raises CQ001 when there is no such task · CQ019 it is opened again, and the desk has another
-- one about the same slot.
create or replace function change_task(
  in_clinic uuid, for_task uuid, changes jsonb, actor jsonb, by_doctor uuid default null
) returns tasks
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed tasks;
begin
  perform act_as(actor);
  perform lock_day(in_clinic, date) from tasks where (clinic_id, id) = (in_clinic, for_task);
  update tasks known
  set (text, state, tries, updated_at) = (
    select wanted.text, wanted.state, wanted.tries, clinic_now(in_clinic) from jsonb_populate_record(known, changes) wanted
  )
  where (clinic_id, id) = (in_clinic, for_task) and (by_doctor is null or doctor_id = by_doctor)
  returning * into changed;
  if not found then
    raise 'Task not found' using errcode = 'CQ001';
  end if;
  return changed;
exception
  when unique_violation then
    raise 'state: there is another open task about this slot' using errcode = 'CQ019', detail = 'state';
end
$$;

grant execute on function change_task to clinic_api;
