-- The name of another doctor who has called this patient, or has them in consultation, on that date; null when nobody has.
create or replace function is_elsewhere(in_clinic uuid, on_date date, of_patient uuid, not_with uuid) returns text
language plpgsql stable as $$
begin
  return (
    select doctor.name
    from appointments appointment
    join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
    join doctors doctor on (doctor.clinic_id, doctor.id) = (entry.clinic_id, entry.doctor_id)
    where (appointment.clinic_id, appointment.patient_id, appointment.date) = (in_clinic, of_patient, on_date)
      and holds_place(entry.stage) and entry.doctor_id <> not_with
    limit 1
  );
end
$$;
