-- Adds a task for the desk. `new_task` is {kind, text, date?, appointment_id?, patient_id?}; without a date it is today's. A
-- doctor leaves tasks about their own appointments and patients alone. A key that was used before gives the same task again.
-- Raises CQ001 no such appointment or patient · CQ006 the key was used for another request.
create or replace function add_task(
  in_clinic uuid, new_task jsonb, actor jsonb, by_doctor uuid default null, key text default null
) returns tasks
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  on_date constant date := coalesce((new_task ->> 'date')::date, clinic_today(in_clinic));
  about_appointment constant uuid := new_task ->> 'appointment_id';
  about_patient uuid := new_task ->> 'patient_id';
  asked queue_requests;
  added tasks;
begin
  perform act_as(actor);
  if about_appointment is not null then
    select patient_id into about_patient from appointments
    where (clinic_id, id) = (in_clinic, about_appointment) and doctor_id = coalesce(by_doctor, doctor_id)
      and patient_id = coalesce(about_patient, patient_id);
    if not found then
      raise 'Appointment not found' using errcode = 'CQ001';
    end if;
  end if;
  if about_patient is not null then
    perform from patients where (clinic_id, id) = (in_clinic, about_patient) and erased_at is null for key share;
    if not found or by_doctor is not null and not exists (
      select from appointments
      where (clinic_id, patient_id, doctor_id) = (in_clinic, about_patient, by_doctor)
    ) then
      raise 'Patient not found' using errcode = 'CQ001';
    end if;
  end if;
  if by_doctor is not null then
    perform from doctors where (clinic_id, id) = (in_clinic, by_doctor) for key share;
  end if;
  perform lock_day(in_clinic, on_date);
  asked := asked_before(in_clinic, actor, key, jsonb_build_object('task', new_task));
  if asked.clinic_id is not null then
    select * into added from tasks where (clinic_id, id) = (in_clinic, asked.task_id);
    return added;
  end if;
  insert into tasks (clinic_id, date, kind, appointment_id, patient_id, doctor_id, text, created_by, created_at, updated_at)
  select in_clinic, on_date, new_task ->> 'kind', about_appointment, about_patient, by_doctor, new_task ->> 'text',
    actor ->> 'sub', now.moment, now.moment
  from clinic_now(in_clinic) as now (moment)
  returning * into added;
  perform remember_request(in_clinic, actor, key, jsonb_build_object('task', new_task), null, null, null, null, added.id);
  return added;
end
$$;

grant execute on function add_task to clinic_api;
