-- The name of the doctor who has called this patient under another appointment, or has them in consultation, on that date; null
-- when nobody has. It may be the same doctor: the rooms of a service call side by side.
create or replace function doctor_elsewhere(in_clinic uuid, on_date date, of_patient uuid, not_under uuid) returns text
language plpgsql stable as $$
begin
  return (
    select doctor.name
    from appointments appointment
    join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
    join doctors doctor on (doctor.clinic_id, doctor.id) = (entry.clinic_id, entry.doctor_id)
    where (appointment.clinic_id, appointment.patient_id, appointment.date) = (in_clinic, of_patient, on_date)
      and holds_place(entry.stage) and appointment.id <> not_under
    limit 1
  );
end
$$;
