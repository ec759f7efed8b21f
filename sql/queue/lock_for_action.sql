-- Locks what an action on an appointment may touch, in the order of locks: the patient, these doctors with those of the
-- entry, their rooms and `in_rooms`, then the day, then the appointment. Gives the appointment as it is then, or nulls when
-- there is none. The date is read before it can be locked, so everything begins anew when the appointment moved meanwhile.
create or replace function lock_for_action(
  in_clinic uuid, for_appointment uuid, with_doctors uuid[] default '{}', in_rooms uuid[] default '{}'
) returns appointments
language plpgsql as $$
declare
  seen appointments;
  locked appointments;
  doctor_id uuid;
begin
  for attempt in 1..10 loop
    select * into seen from appointments where (clinic_id, id) = (in_clinic, for_appointment);
    if not found then
      return null;
    end if;
    perform from patients where (clinic_id, id) = (in_clinic, seen.patient_id) for key share;
    for doctor_id in
      select distinct doctor from unnest(with_doctors || seen.doctor_id) as doctor where doctor is not null order by doctor
    loop
      perform lock_doctor(in_clinic, doctor_id);
    end loop;
    perform from rooms
    where clinic_id = in_clinic and (
      id = any (in_rooms)
      or id = (select room_id from doctor_days where (clinic_id, date, doctor_days.doctor_id) = (in_clinic, seen.date, seen.doctor_id))
    )
    order by id
    for key share;
    perform lock_day(in_clinic, seen.date);
    select * into locked from appointments where (clinic_id, id) = (in_clinic, for_appointment) for no key update;
    if (locked.date, locked.doctor_id, locked.patient_id) = (seen.date, seen.doctor_id, seen.patient_id) then
      return locked;
    end if;
  end loop;
  raise 'The appointment is moved again and again; please try again' using errcode = 'lock_not_available';
end
$$;
