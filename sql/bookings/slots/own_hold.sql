-- The hold that a caller names, if it is the caller's own; else null.
create or replace function own_hold(in_clinic uuid, by_caller text, named uuid) returns uuid
language plpgsql stable as $$
begin
  return (select id from slot_holds where (clinic_id, id, caller) = (in_clinic, named, by_caller));
end
$$;
