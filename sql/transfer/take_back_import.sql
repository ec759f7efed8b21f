-- Deletes appointments that a file added, `ids`, because another line of it cannot be had any more. Those that somebody has
-- worked with meanwhile stay. Gives how many are gone.
create or replace function take_back_import(in_clinic uuid, ids jsonb, actor jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  gone integer;
begin
  perform act_as(actor);
  perform lock_days(
    in_clinic,
    array(
      select distinct date from appointments
      where clinic_id = in_clinic and id in (select id::uuid from jsonb_array_elements_text(ids) id)
    )
  );
  delete from appointments appointment
  where clinic_id = in_clinic and id in (select id::uuid from jsonb_array_elements_text(ids) id)
    and updated_at = created_at
    and not exists (
      select from queue_entries entry where (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
    )
    and not exists (select from tasks task where (task.clinic_id, task.appointment_id) = (in_clinic, appointment.id));
  get diagnostics gone = row_count;
  return gone;
end
$$;

grant execute on function take_back_import to clinic_api;
