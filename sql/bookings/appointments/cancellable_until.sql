-- Until when a patient may cancel an appointment: so long before it begins as the clinic wants to know. One without a time of
-- its own counts from the beginning of its day at the clinic.
create or replace function cancellable_until(appointment appointments, clinic clinics) returns timestamptz
language sql stable as $$
  select coalesce(
    starts_at(appointment, clinic), (appointment.date + clinic.day_starts_at) at time zone clinic.timezone
  ) - clinic.cancellation_notice_minutes * interval '1 minute'
$$;
