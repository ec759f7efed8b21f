-- Locks the date of an appointment, then the appointment, and gives it as it is then; nulls when there is none. The date is
-- read before it can be locked, so this begins anew when the appointment moved meanwhile.
create or replace function lock_day_of(in_clinic uuid, for_appointment uuid) returns appointments
language plpgsql as $$
declare
  seen appointments;
  locked appointments;
begin
  for attempt in 1..10 loop
    select * into seen from appointments where (clinic_id, id) = (in_clinic, for_appointment);
    if not found then
      return null;
    end if;
    perform lock_day(in_clinic, seen.date);
    select * into locked from appointments where (clinic_id, id) = (in_clinic, for_appointment) for no key update;
    if locked.date = seen.date then
      return locked;
    end if;
  end loop;
  raise 'The appointment is moved again and again; please try again' using errcode = 'lock_not_available';
end
$$;
