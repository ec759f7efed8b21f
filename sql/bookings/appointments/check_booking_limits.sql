-- `ignoring`: an appointment that is moved, and counts no more. Raises CQ010 when the patient has as many bookings with the
-- doctor on that date as the clinic lets a patient have, and CQ011 when the patient has as many from today on in all. Whoever
-- made them: it is the patient's share of the clinic's time.
create or replace function check_booking_limits(
  in_clinic uuid, for_patient uuid, with_doctor uuid, on_date date, today date,
  ignoring uuid default null
) returns void
language plpgsql stable as $$
declare
  rules clinics;
  on_that_day integer;
  ahead integer;
begin
  select * into rules from clinics where id = in_clinic;
  select count(*) filter (where (date, doctor_id) = (on_date, with_doctor)), count(*)
  into on_that_day, ahead
  from appointments
  where (clinic_id, patient_id) = (in_clinic, for_patient) and date >= today and status in ('booked', 'checked_in')
    and id is distinct from ignoring;

  if on_that_day >= rules.max_bookings_per_doctor_day then
    raise 'The patient has an appointment with this doctor on % already', on_date using errcode = 'CQ010';
  end if;
  if ahead >= rules.max_bookings_ahead then
    raise 'The patient has % appointments ahead, and no more can be booked', ahead using errcode = 'CQ011';
  end if;
end
$$;
