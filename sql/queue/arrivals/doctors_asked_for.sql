-- The doctors whom a walk-in may be sent to, by id: the one who is asked for, those of a list, or those of a specialty who take
-- bookings. Raises CQ001 when there is none.
create or replace function doctors_asked_for(in_clinic uuid, request jsonb) returns uuid[]
language plpgsql stable as $$
declare
  found_ids uuid[];
begin
  select array_agg(id order by id) into found_ids
  from doctors
  where clinic_id = in_clinic and (
    id = (request ->> 'doctor_id')::uuid
    or request -> 'any_of' ? id::text
    or (lower(specialty) = lower(request ->> 'specialty') and retired_at is null)
  );
  if found_ids is null then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  return found_ids;
end
$$;
