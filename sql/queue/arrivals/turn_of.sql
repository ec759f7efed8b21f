-- Whose turn is when: the moment that orders a patient who arrives now among those of equal priority.
--
-- It is the appointment's time for whoever is there by then, with the clinic's grace, and else the arrival. Somebody whose
-- appointment has an hour and no minutes is in time until that hour ends. A walk-in's turn is the clinic's delay after the
-- arrival.
create or replace function turn_of(appointment appointments, clinic clinics, arrived_at timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  return (
    select case
      when clinic.queue_order = 'arrival' then arrived_at
      when appointment.source = 'walk_in' then arrived_at + clinic.walk_in_delay_minutes * interval '1 minute'
      when arrived_at <= booked.begins_at + booked.grace then booked.begins_at
      else arrived_at
    end
    from (
      select starts_at(appointment, clinic) as begins_at,
        case
          when appointment.starts_at is null then interval '1 hour' - interval '1 microsecond'
          else clinic.lateness_grace_minutes * interval '1 minute'
        end as grace
    ) booked
  );
end
$$;
