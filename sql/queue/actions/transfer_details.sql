-- The details of a transfer for move_entry(): the other doctor, the next position there and, with `return`, the way back.
-- Raises CQ001 no such doctor · CQ004 the doctor is absent or has finished · CQ015 the doctor has retired · CQ019 it is the
-- doctor whom the patient waits for.
create or replace function transfer_details(entry queue_entries, request jsonb) returns jsonb
language plpgsql as $$
declare
  to_doctor constant uuid := request ->> 'doctor_id';
  doctor doctors;
  next_position integer;
begin
  select * into doctor from doctors where (clinic_id, id) = (entry.clinic_id, to_doctor);
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  if to_doctor = entry.doctor_id then
    raise 'doctor_id: is the doctor whom the patient waits for already' using errcode = 'CQ019', detail = 'doctor_id';
  end if;
  if doctor.retired_at is not null then
    raise 'The doctor has retired and is not available' using errcode = 'CQ015';
  end if;
  insert into doctor_days as known (clinic_id, doctor_id, date, last_position)
  values (entry.clinic_id, to_doctor, entry.date, 1)
  on conflict (clinic_id, date, doctor_id) do update
    set last_position = known.last_position + 1
    where known.state not in ('absent', 'finished')
  returning last_position into next_position;
  if not found then
    raise 'The doctor is not available on that day' using errcode = 'CQ004';
  end if;
  return jsonb_build_object('doctor_id', to_doctor, 'position', next_position) || case
    when (request ->> 'return')::boolean then
      jsonb_build_object('return_doctor_id', entry.doctor_id, 'return_turn_at', entry.turn_at)
    when to_doctor = entry.return_doctor_id then '{"return_doctor_id": null, "return_turn_at": null}'
    else '{}'
  end;
end
$$;
