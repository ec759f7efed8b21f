-- Locks a doctor and what sections show of the doctor, for key share as a foreign key does: see await_bookings(). Gives the
-- doctor as it is once it is locked, or nulls when there is none.
create or replace function lock_doctor(in_clinic uuid, of_doctor uuid) returns doctors
language plpgsql as $$
declare
  doctor doctors;
begin
  select * into doctor from doctors where (clinic_id, id) = (in_clinic, of_doctor) for key share;
  perform lock_area_and_room(in_clinic, doctor.area_id, doctor.room_id);
  return doctor;
end
$$;
