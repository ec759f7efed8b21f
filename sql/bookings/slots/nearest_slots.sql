-- The three free slots of a doctor that are nearest to a moment, within two weeks of it, as JSON.
create or replace function nearest_slots(
  in_clinic uuid, of_doctor uuid, wanted timestamptz, moment timestamptz, ignoring uuid default null
) returns jsonb
language plpgsql stable as $$
declare
  wanted_date constant date := clinic_date(in_clinic, wanted);
begin
  return (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'doctor_id', of_doctor, 'date', slot.date, 'wall_time', wall_time(slot.minute), 'starts_at', utc_text(slot.starts_at), 'ends_at', utc_text(slot.ends_at)
        )
        order by slot.starts_at
      ),
      '[]'
    )
    from (
      select * from doctor_slots(in_clinic, of_doctor, wanted_date - 14, wanted_date + 14, moment, ignoring) slot
      where slot.status = 'free'
      order by abs(extract(epoch from slot.starts_at - wanted)), slot.starts_at
      limit 3
    ) slot
  );
end
$$;
