-- Whose turn is when: the moment that orders a patient who arrives now among those of equal priority.
--
-- It is the appointment's time for whoever is there by then, and else the arrival. An appointment has an hour and no minutes,
-- so somebody is in time until that hour ends. A walk-in's turn is the clinic's delay after the arrival.
create or replace function turn_of(appointment appointments, clinic clinics, arrived_at timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  return (
    select case
      when clinic.queue_order = 'arrival' then arrived_at
      when appointment.source = 'walk_in' then arrived_at + clinic.walk_in_delay_minutes * interval '1 minute'
      when arrived_at < booked.ends_at then booked.begins_at
      else arrived_at
    end
    from (
      select starts_at(appointment, clinic) as begins_at, starts_at(appointment, clinic) + interval '1 hour' as ends_at
    ) booked
  );
end
$$;
