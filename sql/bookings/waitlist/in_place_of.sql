-- The appointment that is in the place of another one since that was moved, perhaps several times; where it was not, that one
-- itself. Nulls when there is none.
create or replace function in_place_of(in_clinic uuid, of_appointment uuid) returns appointments
language plpgsql stable as $$
declare
  found_last appointments;
begin
  select * into found_last from appointments where (clinic_id, id) = (in_clinic, of_appointment);
  while found_last.rescheduled_to is not null loop
    select * into found_last from appointments where (clinic_id, id) = (in_clinic, found_last.rescheduled_to);
  end loop;
  return found_last;
end
$$;

grant execute on function in_place_of to clinic_api;
