-- Puts a patient on the waitlist. `wanted` is {patient_id, doctor_id? or specialty?, from, until, appointment_id?, note?}. Who
-- waits for the very same already keeps that place: nobody is telephoned twice because a request came twice.
-- Raises CQ001 no such patient, doctor or appointment of the patient's · CQ003 the range is over.
create or replace function add_to_waitlist(in_clinic uuid, wanted jsonb, actor jsonb) returns waitlist
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  for_patient constant uuid := wanted ->> 'patient_id';
  with_doctor constant uuid := wanted ->> 'doctor_id';
  kept constant uuid := wanted ->> 'appointment_id';
  moment timestamptz;
  today date;
  added waitlist;
begin
  perform act_as(actor);
  -- Requests for one patient wait for each other, so that each sees those before it.
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for no key update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  select * into added from waitlist
  where (clinic_id, patient_id, state) = (in_clinic, for_patient, 'waiting')
    and (doctor_id, specialty, first_date, last_date, appointment_id, note) is not distinct from (
      with_doctor, wanted ->> 'specialty', (wanted ->> 'from')::date, (wanted ->> 'until')::date, kept, wanted ->> 'note'
    )
  limit 1;
  if found then
    return added;
  end if;
  if with_doctor is not null then
    perform from doctors where (clinic_id, id) = (in_clinic, with_doctor) for key share;
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
  end if;
  if kept is not null and not exists (
    select from appointments where (clinic_id, id, patient_id) = (in_clinic, kept, for_patient) and status = 'booked'
  ) then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if (wanted ->> 'until')::date < today then
    raise 'until: % is over', wanted ->> 'until' using errcode = 'CQ003', detail = 'until';
  end if;
  insert into waitlist (
    clinic_id, patient_id, doctor_id, specialty, first_date, last_date, appointment_id, note, created_at, updated_at
  )
  values (
    in_clinic, for_patient, with_doctor, wanted ->> 'specialty', (wanted ->> 'from')::date, (wanted ->> 'until')::date, kept,
    wanted ->> 'note', moment, moment
  )
  returning * into added;
  return added;
end
$$;

grant execute on function add_to_waitlist to clinic_api;
