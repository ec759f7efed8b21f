-- Locks what an action on an appointment may touch, in the order of locks: the patient, these doctors with the entry's and the
-- one who wants the patient back, their rooms, the entry's and `in_rooms`, then the day and `also_date`, then the appointment.
-- Gives the appointment as it is then, or nulls when there is none.
--
-- What is to be locked is read before the day is locked. Where it has changed once the day is, the caller has to begin anew,
-- without any lock: this raises 40001 (serialization_failure), after which the api does that by itself.
create or replace function lock_for_action(
  in_clinic uuid, for_appointment uuid, with_doctors uuid[] default '{}', in_rooms uuid[] default '{}',
  also_date date default null
) returns appointments
language plpgsql as $$
declare
  seen appointments;
  locked appointments;
  seen_return uuid;
  entry_room uuid;
  all_doctors uuid[];
  seen_rooms uuid[];
begin
  select * into seen from appointments where (clinic_id, id) = (in_clinic, for_appointment);
  if not found then
    return null;
  end if;
  select return_doctor_id, room_id into seen_return, entry_room
  from queue_entries
  where (clinic_id, appointment_id) = (in_clinic, for_appointment);
  perform from patients where (clinic_id, id) = (in_clinic, seen.patient_id) for key share;
  select array_agg(distinct doctor order by doctor) into all_doctors
  from unnest(with_doctors || seen.doctor_id || seen_return) as doctor
  where doctor is not null;
  perform lock_doctor(in_clinic, doctor) from unnest(all_doctors) as doctor;
  seen_rooms := lock_rooms_of_day(in_clinic, seen.date, all_doctors, in_rooms || entry_room);
  perform lock_days(in_clinic, array[seen.date, also_date]);
  select * into locked from appointments where (clinic_id, id) = (in_clinic, for_appointment) for no key update;
  if (locked.date, locked.doctor_id, locked.patient_id) is distinct from (seen.date, seen.doctor_id, seen.patient_id)
    or return_doctor_of(in_clinic, for_appointment) is distinct from seen_return
  then
    raise 'The appointment was moved meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  perform require_rooms_of_day(in_clinic, seen.date, all_doctors, seen_rooms);
  return locked;
end
$$;
