-- A slot for somebody whom no capacity counts, a walk-in or a transferred patient: the next one from 1001.
create or replace function free_slot_beyond(in_clinic uuid, on_date date, with_doctor uuid) returns integer
language plpgsql stable as $$
begin
  return (
    select greatest(coalesce(max(slot), 0), 1000) + 1 from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor)
  );
end
$$;
