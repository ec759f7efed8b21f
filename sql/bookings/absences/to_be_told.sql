-- These appointments with whom to telephone, in the order of time: [{appointment, patient: {id, name, phone}}].
create or replace function to_be_told(in_clinic uuid, of_appointments uuid[]) returns jsonb
language plpgsql stable as $$
begin
  return (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'appointment', shown_appointment(in_clinic, appointment.id, 'S'),
          'patient', jsonb_build_object('id', patient.id, 'name', patient.name, 'phone', patient.phone)
        )
        order by appointment.starts_at nulls last, appointment.slot
      ),
      '[]'
    )
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (appointment.clinic_id, appointment.patient_id)
    where appointment.clinic_id = in_clinic and appointment.id = any (of_appointments)
  );
end
$$;
