-- Locks what moving an appointment to another date or doctor may touch, in the order of locks: the patient, both doctors with
-- the rooms of their schedules, both dates with that of the waitlist and `also_dates`, then the appointment. Gives the
-- appointment as it is then, or nulls when there is none.
--
-- What is to be locked is read before the days are locked, as lock_for_action() says; where it changed, this raises 40001.
create or replace function lock_for_move(
  in_clinic uuid, for_appointment uuid, to_doctor uuid, to_date date, also_dates date[] default '{}'
) returns appointments
language plpgsql as $$
declare
  seen appointments;
  locked appointments;
  doctors_concerned uuid[];
  old_rooms uuid[];
  new_rooms uuid[];
begin
  select * into seen from appointments where (clinic_id, id) = (in_clinic, for_appointment);
  if not found then
    return null;
  end if;
  perform from patients where (clinic_id, id) = (in_clinic, seen.patient_id) for key share;
  select array_agg(distinct doctor order by doctor) into doctors_concerned
  from unnest(array[seen.doctor_id, to_doctor]) as doctor
  where doctor is not null;
  perform lock_doctor(in_clinic, doctor) from unnest(doctors_concerned) as doctor;
  perform lock_schedule_rooms(in_clinic, doctor) from unnest(doctors_concerned) as doctor;
  old_rooms := lock_rooms_of_day(in_clinic, seen.date, doctors_concerned);
  new_rooms := lock_rooms_of_day(in_clinic, to_date, doctors_concerned);
  perform lock_days(in_clinic, array[seen.date, to_date, waitlist_date(in_clinic)] || also_dates);
  select * into locked from appointments where (clinic_id, id) = (in_clinic, for_appointment) for no key update;
  if (locked.date, locked.doctor_id, locked.patient_id) is distinct from (seen.date, seen.doctor_id, seen.patient_id) then
    raise 'The appointment was moved meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  perform require_rooms_of_day(in_clinic, seen.date, doctors_concerned, old_rooms);
  perform require_rooms_of_day(in_clinic, to_date, doctors_concerned, new_rooms);
  return locked;
end
$$;
