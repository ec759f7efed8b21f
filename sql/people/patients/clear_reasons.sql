-- Clears what people wrote about a patient by hand: reasons, notes and tasks, wherever they stand.
create or replace function clear_reasons(in_clinic uuid, of_patient uuid) returns void
language plpgsql as $$
begin
  delete from tasks
  where clinic_id = in_clinic and (
    patient_id = of_patient
    or appointment_id in (select id from appointments where (clinic_id, patient_id) = (in_clinic, of_patient))
  );
  -- The record of a change has only what differs, which need not be the patient: another record of the same row names them.
  update audit_events event set before = null, after = null
  where event.clinic_id = in_clinic and (event.entity, event.entity_id) in (
    select named.entity, named.entity_id from audit_events named
    where named.clinic_id = in_clinic and named.entity in ('tasks', 'waitlist')
      and of_patient::text in (named.before ->> 'patient_id', named.after ->> 'patient_id')
  );
  update appointments set note = null, reason = null, cancel_reason = null
  where (clinic_id, patient_id) = (in_clinic, of_patient) and num_nonnulls(note, reason, cancel_reason) > 0;
  update queue_entries set hold_reason = null
  where clinic_id = in_clinic and hold_reason is not null
    and appointment_id in (select id from appointments where (clinic_id, patient_id) = (in_clinic, of_patient));
  update transitions set reason = null, before = before - 'hold_reason'
  where clinic_id = in_clinic and (reason is not null or before ? 'hold_reason')
    and appointment_id in (select id from appointments where (clinic_id, patient_id) = (in_clinic, of_patient));
  update audit_events event
  set before = event.before - array['note', 'cancel_reason', 'reason', 'hold_reason'],
    after = event.after - array['note', 'cancel_reason', 'reason', 'hold_reason']
  where event.clinic_id = in_clinic and event.entity = 'appointments'
    and event.entity_id in (select id::text from appointments where (clinic_id, patient_id) = (in_clinic, of_patient));
end
$$;
