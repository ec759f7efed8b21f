-- The name of the doctor who has called this patient under another appointment, or has them in consultation, on that date; null
-- when nobody has. It may be the same doctor: the rooms of a service call side by side.
create or replace function doctor_elsewhere(in_clinic uuid, on_date date, of_patient uuid, not_under uuid) returns text
language plpgsql stable as $$
begin
  return (
    select (select name from doctors where (clinic_id, id) = (in_clinic, entry.doctor_id))
    -- A patient has few appointments on a date, and many patients may be called: "offset 0" keeps this order.
    from (
      select id from appointments
      where (clinic_id, patient_id, date) = (in_clinic, of_patient, on_date) and id <> not_under
      offset 0
    ) appointment
    cross join lateral (
      select doctor_id from queue_entries
      where (clinic_id, appointment_id) = (in_clinic, appointment.id) and holds_place(stage)
      offset 0
    ) entry
    limit 1
  );
end
$$;
