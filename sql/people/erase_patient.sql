-- Erases a person: nothing is left that tells who it was, and every count stays what it is. What was booked from today
-- on is cancelled. Raises CQ001 no such patient.
create or replace function erase_patient(in_clinic uuid, for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment timestamptz;
  today date;
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, for_patient);
  delete from booking_requests where (clinic_id, patient_id) = (in_clinic, for_patient);

  -- Appointments are locked before days, as everywhere: a check-in under way has its appointment and waits for the day.
  -- Days are locked in date order, for both statements touch them.
  perform from appointments
  where (clinic_id, patient_id) = (in_clinic, for_patient)
  order by id
  for no key update;
  perform from clinic_days
  where clinic_id = in_clinic
    and date in (select date from appointments where (clinic_id, patient_id) = (in_clinic, for_patient))
  order by date
  for no key update;

  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  update appointments set status = 'cancelled', updated_at = moment
  where (clinic_id, patient_id) = (in_clinic, for_patient) and status = 'booked' and date >= today;
  update patients
  set name = 'Erased', phone = null, age = null, gender = null, email = null, ticket_only = true, erased_at = moment
  where (clinic_id, id) = (in_clinic, for_patient);

  update audit_events set before = null, after = null
  where (clinic_id, entity, entity_id) = (in_clinic, 'patients', for_patient::text);
  update audit_events event set address = null
  where (event.clinic_id, event.actor) = (in_clinic, for_patient::text);
  perform record_event(in_clinic, 'erase', 'patients', for_patient::text);
end
$$;

grant execute on function erase_patient to clinic_api;
