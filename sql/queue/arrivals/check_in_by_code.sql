-- Checks in whoever has an appointment's confirmation code, as check_in() does. A code that was moved leads to the
-- appointment in its place. Raises CQ001 when no appointment has the code; else as check_in().
create or replace function check_in_by_code(
  in_clinic uuid, code text, by_doctor uuid, by_patient uuid, actor jsonb, arrived_at timestamptz default null,
  key text default null, has_proved boolean default false
) returns queue_entries
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  confirmed appointments;
begin
  select * into confirmed from find_confirmed(in_clinic, code);
  if confirmed.id is null or confirmed.patient_id <> coalesce(by_patient, confirmed.patient_id) then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  return check_in(in_clinic, confirmed.id, confirmed.patient_id, by_doctor, actor, arrived_at, key, has_proved);
end
$$;

grant execute on function check_in_by_code to clinic_api;
