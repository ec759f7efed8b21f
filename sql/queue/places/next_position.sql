-- The next position in a doctor's queue of a date, whose lock the caller holds. Positions come from a counter of the doctor's
-- day, so none is handed out twice, not even after an undo.
--
-- Stamps the section too, as touch() will: of a row that is written twice in a transaction, Postgres checks again all that it
-- refers to.
create or replace function next_position(in_clinic uuid, on_date date, of_doctor uuid) returns integer
language plpgsql as $$
declare
  next_position integer;
begin
  update doctor_days set last_position = last_position + 1, revision = next_revision(in_clinic, on_date)
  where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor)
  returning last_position into next_position;
  return next_position;
end
$$;
