-- Whether a transition was taken back.
create or replace function is_undone(in_clinic uuid, step uuid) returns boolean
language plpgsql stable as $$
begin
  return (
    select exists (select from transitions where (clinic_id, undoes) = (in_clinic, step))
  );
end
$$;
