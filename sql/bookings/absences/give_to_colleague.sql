-- Gives an appointment that is booked to a colleague of its doctor on the same date: at the same time, or else at the free
-- time that is nearest. False, and nothing done, where the colleague has none left. The caller holds doctors and day.
create or replace function give_to_colleague(
  booked appointments, clinic clinics, colleague doctors, moment timestamptz
) returns boolean
language plpgsql as $$
declare
  wanted timestamptz := booked.starts_at;
  chosen record;
begin
  if has_schedule(clinic.id, colleague.id, booked.date) then
    select slot.starts_at into wanted
    from doctor_slots(clinic.id, colleague.id, booked.date, booked.date, moment) slot
    where slot.status = 'free'
    order by abs(extract(epoch from slot.starts_at - coalesce(starts_at(booked, clinic), slot.starts_at))), slot.starts_at
    limit 1;
    if not found then
      return false;
    end if;
  else
    wanted := null;
  end if;
  begin
    select * into chosen from free_place(clinic, colleague, booked.date, wanted, null, moment);
  exception
    when sqlstate 'CQ005' then
      return false;
  end;
  if wanted is null and not exists (
    select from appointments other
    where (other.clinic_id, other.doctor_id) = (clinic.id, colleague.id) and other.status <> 'cancelled' and other.slot <= 1000
      and tstzrange(other.starts_at, other.ends_at) && tstzrange(booked.starts_at, booked.ends_at)
  ) then
    -- Without a schedule nothing stands against the time that the patient knows.
    chosen.wall_minute := booked.wall_minute;
    chosen.starts_at := booked.starts_at;
    chosen.ends_at := booked.ends_at;
  end if;
  update appointments
  set doctor_id = colleague.id, slot = chosen.slot, wall_minute = chosen.wall_minute, starts_at = chosen.starts_at,
    ends_at = chosen.ends_at, time_slot = coalesce(chosen.wall_minute / 60 % 24, time_slot), updated_at = moment
  where (clinic_id, id) = (booked.clinic_id, booked.id);
  -- An entry whose check-in was taken back goes along, with an ordinal that the colleague has not given to anybody.
  if exists (select from queue_entries where (clinic_id, appointment_id) = (booked.clinic_id, booked.id)) then
    update queue_entries
    set doctor_id = colleague.id, position = next_position(booked.clinic_id, booked.date, colleague.id)
    where (clinic_id, appointment_id) = (booked.clinic_id, booked.id);
  end if;
  return true;
end
$$;
