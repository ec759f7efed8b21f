-- Locks a doctor as lock_doctor() does, and gives the doctor. Raises CQ001 when the clinic has no such doctor.
create or replace function lock_known_doctor(in_clinic uuid, of_doctor uuid) returns doctors
language plpgsql as $$
declare
  doctor constant doctors := lock_doctor(in_clinic, of_doctor);
begin
  if doctor.id is null then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  return doctor;
end
$$;
