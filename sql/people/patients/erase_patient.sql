-- Erases a person: nothing is left that tells who it was, and every count stays what it is. What was booked from today
-- on is cancelled, and whoever is in a queue has left it. Raises CQ001 no such patient.
create or replace function erase_patient(in_clinic uuid, for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- The patient's record, and all that were merged into it, one into another.
  same_person constant text[] := array(
    with recursive same as (
      select for_patient as id
      union all
      select merged.id from same join patients merged on (merged.clinic_id, merged.merged_into) = (in_clinic, same.id)
    )
    select id::text from same
  );
  moment timestamptz;
  today date;
  freed appointments;
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, for_patient);
  delete from waitlist where (clinic_id, patient_id) = (in_clinic, for_patient);
  delete from booking_requests where (clinic_id, patient_id) = (in_clinic, for_patient);
  -- Their digests are of what was sent: a name, a phone, a reason. Those of tasks go with the tasks.
  delete from queue_requests
  where clinic_id = in_clinic and (
    patient_id = for_patient
    or appointment_id in (select id from appointments where (clinic_id, patient_id) = (in_clinic, for_patient))
  );

  -- A task about a slot that becomes free refers to its doctor, and is of today.
  perform lock_doctor(in_clinic, doctor_id)
  from (
    select distinct doctor_id from appointments
    where (clinic_id, patient_id) = (in_clinic, for_patient) and status = 'booked'
    order by doctor_id
  ) booked_with;
  perform lock_days_of(in_clinic, array[for_patient], also_date => waitlist_date(in_clinic));
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  for freed in
    update appointments
    set status = 'cancelled', outcome = 'cancelled_by_clinic', cancelled_at = moment, updated_at = moment
    where (clinic_id, patient_id) = (in_clinic, for_patient) and status = 'booked' and date >= today
    returning *
  loop
    perform offer_slot(in_clinic, freed.doctor_id, freed.starts_at, moment);
  end loop;
  perform move_entry(entry, 'leave', 'S', '{}', moment)
  from appointments appointment
  join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
  join clinic_days day on (day.clinic_id, day.date) = (appointment.clinic_id, appointment.date) and day.closed_at is null
  where (appointment.clinic_id, appointment.patient_id) = (in_clinic, for_patient)
    and entry.stage in ('waiting', 'called', 'in_consultation', 'on_hold', 'skipped');
  update patients
  set name = 'Erased', phone = null, shares_phone = false, age = null, gender = null, email = null, birth_date = null,
    needs = '{}', ticket_only = true, erased_at = moment
  where (clinic_id, id) = (in_clinic, for_patient);
  perform clear_reasons(in_clinic, for_patient);

  update audit_events set before = null, after = null
  where clinic_id = in_clinic and entity = 'patients' and entity_id = any (same_person);
  update audit_events event set address = null where event.clinic_id = in_clinic and event.actor = any (same_person);
  perform record_event(in_clinic, 'erase', 'patients', for_patient::text);
end
$$;

grant execute on function erase_patient to clinic_api;
