-- Records whether a doctor is present on a date. What is free because the doctor is there after all is offered to whoever
-- waits. Raises CQ001 when there is no such doctor.
create or replace function set_availability(
  in_clinic uuid, for_doctor uuid, on_date date, present boolean, new_notes text, actor jsonb
) returns doctor_days
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day doctor_days;
  was_present boolean;
  seen_rooms uuid[];
begin
  perform act_as(actor);
  perform from doctors where (clinic_id, id) = (in_clinic, for_doctor) for key share;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  seen_rooms := lock_rooms_of_day(in_clinic, on_date, array[for_doctor]);
  perform lock_days(in_clinic, array[on_date, waitlist_date(in_clinic)]);
  perform require_rooms_of_day(in_clinic, on_date, array[for_doctor], seen_rooms);
  select is_present into was_present from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, for_doctor);

  insert into doctor_days as known (
    clinic_id, doctor_id, date, state, notes, availability_id, updated_by, updated_at
  )
  values (
    in_clinic, for_doctor, on_date, case when present then 'present' else 'absent' end, new_notes, gen_random_uuid(),
    actor ->> 'name', clinic_now(in_clinic)
  )
  on conflict (clinic_id, date, doctor_id) do update
    -- Who is away for a while is present.
    set state = case when present and known.state = 'away' then 'away' else excluded.state end,
        returns_at = case when present and known.state = 'away' then known.returns_at end,
        notes = excluded.notes,
        availability_id = coalesce(known.availability_id, excluded.availability_id),
        updated_by = excluded.updated_by,
        updated_at = excluded.updated_at
  returning * into day;
  if day.is_present > was_present then
    perform offer_free_slots(in_clinic, for_doctor, on_date, on_date, clinic_now(in_clinic));
  end if;
  return day;
end
$$;

grant execute on function set_availability to clinic_api;
