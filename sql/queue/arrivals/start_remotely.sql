-- Begins the consultation of somebody who does not come: an appointment by phone or video is started without check-in.
-- Raises as move_entry() does: CQ008 for an appointment in person, which is to be checked in.
create or replace function start_remotely(appointment appointments, request jsonb, kind text, moment timestamptz)
returns transitions
language plpgsql as $$
begin
  if appointment.status <> 'booked' or appointment.mode = 'in_person' then
    raise 'Not possible: the patient is not checked in' using errcode = 'CQ008',
      detail = jsonb_build_object('stage', null, 'actions', '[]'::jsonb)::text;
  end if;
  perform require_doctor(appointment.clinic_id, appointment.date, appointment.doctor_id);
  return enter_queue(
    appointment, 'start', kind, moment, moment,
    jsonb_build_object('place', call_place(
      appointment.clinic_id, appointment.date, appointment.doctor_id, (request ->> 'room_id')::uuid
    ))
  );
end
$$;
