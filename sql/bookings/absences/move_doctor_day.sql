-- Gives a doctor's date to a colleague: whoever is booked gets the same time there, or else the free one that is nearest;
-- whoever waits is transferred. Tickets and confirmation codes stay. Whoever is called or in consultation stays with the
-- doctor, and so does whoever is booked where the colleague has no time left.
--
-- Gives {moved, remaining}, as cancel_doctor_day() does: whom to tell of the new time, and who stays. Moved is also whoever the
-- colleague has from a call before, whose answer may have been lost: their tickets are the doctor's.
-- Raises CQ001 no such doctor · CQ003 the date is over or closed · CQ004 the colleague is absent · CQ015 the colleague has
-- retired · CQ019 the colleague is the doctor.
create or replace function move_doctor_day(in_clinic uuid, of_doctor uuid, to_doctor uuid, on_date date, actor jsonb)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  clinic clinics;
  colleague doctors;
  moment timestamptz;
  seen_patients uuid[];
  seen_doctors uuid[];
  entry_rooms uuid[];
  seen_rooms uuid[];
  booked appointments;
  entry queue_entries;
  moved uuid[] := '{}';
begin
  perform act_as(actor);
  if of_doctor = to_doctor then
    raise 'doctor_id: must be another doctor' using errcode = 'CQ019', detail = 'doctor_id';
  end if;
  seen_patients := lock_patients_of_day(in_clinic, of_doctor, on_date);
  -- An entry refers to a room, and to the doctor who wants the patient back.
  select array_agg(distinct return_doctor_id), coalesce(array_agg(room_id) filter (where room_id is not null), '{}')
  into seen_doctors, entry_rooms
  from queue_entries
  where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor);
  seen_doctors := array(
    select distinct doctor from unnest(seen_doctors || of_doctor || to_doctor) as doctor
    where doctor is not null
    order by doctor
  );
  perform lock_doctor(in_clinic, doctor) from unnest(seen_doctors) as doctor;
  if (select count(*) from doctors where clinic_id = in_clinic and id in (of_doctor, to_doctor)) < 2 then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform lock_schedule_rooms(in_clinic, to_doctor);
  seen_rooms := lock_rooms_of_day(in_clinic, on_date, array[of_doctor, to_doctor], entry_rooms);
  perform lock_day(in_clinic, on_date);
  perform require_patients_of_day(in_clinic, of_doctor, on_date, seen_patients);
  perform require_rooms_of_day(in_clinic, on_date, array[of_doctor, to_doctor], seen_rooms);
  if exists (
    select from queue_entries
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor)
      and (return_doctor_id <> all (seen_doctors) or room_id is not null and room_id <> all (entry_rooms))
  ) then
    raise 'Somebody was moved meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  select * into clinic from clinics where id = in_clinic;
  select * into colleague from doctors where (clinic_id, id) = (in_clinic, to_doctor);
  moment := clinic_now(in_clinic);
  perform require_bookable(clinic, colleague, on_date, moment, true);
  if exists (select from clinic_days where (clinic_id, date) = (in_clinic, on_date) and closed_at is not null) then
    raise 'The day % is closed', on_date using errcode = 'CQ003';
  end if;
  if not (open_doctor_day(in_clinic, to_doctor, on_date)).is_present then
    raise 'The doctor is not available on %', on_date using errcode = 'CQ004';
  end if;

  for booked in
    select * from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and status = 'booked' and outcome is null
    order by starts_at nulls last, slot
  loop
    if give_to_colleague(booked, clinic, colleague, moment) then
      moved := moved || booked.id;
    end if;
  end loop;
  for entry in
    select * from queue_entries
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and stage in ('waiting', 'on_hold', 'skipped')
    order by priority desc, turn_at, tie, position
  loop
    perform move_entry(
      entry, 'transfer', actor_kind(actor), transfer_details(entry, jsonb_build_object('doctor_id', to_doctor)), moment
    );
    moved := moved || entry.appointment_id;
  end loop;
  return jsonb_build_object(
    'moved', to_be_told(in_clinic, moved || array(
      select id from appointments
      where (clinic_id, date, doctor_id) = (in_clinic, on_date, to_doctor) and status in ('booked', 'checked_in')
        and ticket_prefix = (select ticket_prefix from doctors where (clinic_id, id) = (in_clinic, of_doctor))
    )),
    'remaining', to_be_told(in_clinic, array(
      select appointment.id from appointments appointment
      left join queue_entries known
        on (known.clinic_id, known.appointment_id) = (appointment.clinic_id, appointment.id)
      where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
        and (appointment.status = 'booked' and appointment.outcome is null or known.stage in ('called', 'in_consultation'))
    ))
  );
end
$$;

grant execute on function move_doctor_day to clinic_api;
