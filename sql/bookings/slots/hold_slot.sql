-- Keeps a slot for its caller for five minutes. Nobody else can book it meanwhile, but staff who say so. A hold that has
-- expired is taken over by whoever is next; holding it again renews one's own. One caller has at most three at once.
--
-- Raises CQ001 no such doctor · CQ003, CQ015 see require_bookable() · CQ004 the doctor is absent · CQ005, CQ021, CQ022 see
-- choose_slot() · CQ023 the caller has three.
create or replace function hold_slot(in_clinic uuid, with_doctor uuid, at_start timestamptz, actor jsonb) returns slot_holds
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  by_caller constant text := caller_of(actor);
  clinic clinics;
  doctor doctors;
  on_date date;
  moment timestamptz;
  chosen record;
  kept slot_holds;
begin
  perform act_as(actor);
  -- Of one caller's requests each counts those before it.
  perform lock_key(in_clinic, actor, 'slot holds');
  doctor := lock_known_doctor(in_clinic, with_doctor);
  perform lock_schedule_rooms(in_clinic, with_doctor);
  on_date := clinic_date(in_clinic, at_start);
  perform lock_day(in_clinic, on_date);
  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  perform require_bookable(clinic, doctor, on_date, moment, false);

  select * into kept from slot_holds
  where (clinic_id, doctor_id, starts_at, caller) = (in_clinic, with_doctor, at_start, by_caller);
  select * into chosen from free_place(clinic, doctor, on_date, at_start, null, moment, kept.id);
  if (
    select count(*) from slot_holds
    where (clinic_id, caller) = (in_clinic, by_caller) and expires_at > moment and id is distinct from kept.id
  ) >= 3 then
    raise 'At most 3 slots can be held at once' using errcode = 'CQ023';
  end if;
  insert into slot_holds as known (clinic_id, doctor_id, starts_at, ends_at, caller, expires_at)
  values (in_clinic, with_doctor, chosen.starts_at, chosen.ends_at, by_caller, moment + interval '5 minutes')
  on conflict (clinic_id, doctor_id, starts_at) do update
    set id = case when known.caller = excluded.caller then known.id else excluded.id end,
      ends_at = excluded.ends_at, caller = excluded.caller, expires_at = excluded.expires_at
  returning * into kept;
  return kept;
end
$$;

grant execute on function hold_slot to clinic_api;
