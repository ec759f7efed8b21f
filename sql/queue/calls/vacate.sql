-- Serves (`finish`) or skips (`skip`) the patient who holds a place, before the next one is called there, in one group with
-- that call. Raises CQ016 when nobody is there (any more) · CQ018 when somebody else is · CQ008 when they cannot be skipped, or
-- served.
create or replace function vacate(
  in_clinic uuid, place day_places, by_doctor uuid, request jsonb, kind text, moment timestamptz, in_group uuid
) returns transitions
language plpgsql as $$
declare
  leaving constant uuid := coalesce(request ->> 'finish', request ->> 'skip');
  entry queue_entries;
  step transitions;
begin
  select * into entry from queue_entries
  where (clinic_id, appointment_id) = (in_clinic, leaving) and date = place.date and doctor_id = by_doctor;
  if place.appointment_id <> leaving then
    entry.clinic_id := in_clinic;
    entry.date := place.date;
    entry.appointment_id := leaving;
    entry.place_id := place.place_id;
    perform require_free_place(entry);
  end if;
  if entry.id is null or place.appointment_id is distinct from leaving then
    raise 'Somebody else has acted on this patient meanwhile' using errcode = 'CQ016', detail = jsonb_build_object(
      'place', shown_place(in_clinic, place.date, place.place_id)
    )::text;
  end if;
  step := move_entry(
    entry, case when request ? 'finish' then 'serve' else 'skip' end, kind, '{}', moment, in_group
  );
  if step.action = 'serve' and entry.return_doctor_id is not null then
    perform send_back(step, moment);
  end if;
  return step;
end
$$;
