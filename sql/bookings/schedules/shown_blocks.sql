-- The blocks of a doctor's date as sessions on the clinic's wall, in the order of time; null where the date has none of its
-- own. Volatile, because set_doctor_day() may have written them in the same statement.
create or replace function shown_blocks(in_clinic uuid, of_doctor uuid, on_date date) returns jsonb
language plpgsql as $$
begin
  return (
    select (
      select coalesce(
        jsonb_agg(
          jsonb_build_object(
            'starts_at', wall_time(lower(minutes)), 'ends_at', wall_time(upper(minutes), true),
            'slot_minutes', slot_minutes, 'room_id', room_id
          )
          order by minutes
        ),
        '[]'
      )
      from day_blocks
      where (clinic_id, doctor_id, date) = (in_clinic, of_doctor, on_date)
    )
    from doctor_days
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and has_own_blocks
  );
end
$$;

grant execute on function shown_blocks to clinic_api;
