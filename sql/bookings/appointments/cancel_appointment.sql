-- Cancels an appointment that is booked: its slot is free once this commits, and its ticket is never given again. Somebody who
-- is in the queue already leaves it by an action instead. What is cancelled stays as it is.
--
-- A patient, or a program for one, cancels until the clinic's `cancellation_notice_minutes` before the appointment begins;
-- without a time of its own, before its day begins. `by_doctor` and `by_patient`: whose appointments alone exist for the
-- caller.
--
-- Raises CQ001 no such appointment · CQ003 the day is closed · CQ008 not from this status; its detail says at which stage the
-- patient is, and whether `leave` is possible from there · CQ020 it is too late for this caller.
create or replace function cancel_appointment(
  in_clinic uuid, for_appointment uuid, actor jsonb, why text default null,
  by_doctor uuid default null, by_patient uuid default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  is_limited constant boolean := coalesce(actor ->> 'role' in ('patient', 'service'), false);
  appointment appointments;
  clinic clinics;
  moment timestamptz;
begin
  perform act_as(actor);
  appointment := lock_for_action(in_clinic, for_appointment, also_date => waitlist_date(in_clinic));
  if appointment.id is null
    or appointment.doctor_id <> coalesce(by_doctor, appointment.doctor_id)
    or appointment.patient_id <> coalesce(by_patient, appointment.patient_id)
  then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  if appointment.status = 'cancelled' then
    return appointment;
  end if;
  perform require_cancellable(appointment, actor_kind(actor));

  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  if is_limited and moment > cancellable_until(appointment, clinic) then
    raise 'It is too late to cancel here; please call the desk' using errcode = 'CQ020';
  end if;
  update appointments
  set status = 'cancelled', outcome = case when is_limited then 'cancelled_by_patient' else 'cancelled_by_clinic' end,
    cancelled_at = moment, updated_at = moment,
    -- What is written about somebody who was erased meanwhile would stay.
    cancel_reason = (
      select why from patients where (clinic_id, id) = (in_clinic, appointment.patient_id) and erased_at is null
    )
  where (clinic_id, id) = (in_clinic, for_appointment)
  returning * into appointment;
  perform offer_slot(in_clinic, appointment.doctor_id, appointment.starts_at, moment);
  return appointment;
end
$$;

grant execute on function cancel_appointment to clinic_api;
