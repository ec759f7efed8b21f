-- Raises CQ015 when the doctor has retired, and CQ003 when the date is over or further ahead than the clinic books; staff may
-- go beyond that, up to ten years.
create or replace function require_bookable(
  clinic clinics, doctor doctors, on_date date, moment timestamptz, is_override boolean
) returns void
language plpgsql stable as $$
declare
  today constant date := clinic_date(clinic.id, moment);
  until constant date := today + case when is_override then 3650 else clinic.booking_horizon_days end;
begin
  if doctor.retired_at is not null then
    raise 'The doctor has retired and is not available for bookings' using errcode = 'CQ015';
  end if;
  if on_date < today then
    raise 'An appointment cannot be booked into the past: % is over', on_date using errcode = 'CQ003';
  end if;
  if on_date > until then
    raise 'An appointment can be booked until %, and not yet on %', until, on_date using errcode = 'CQ003';
  end if;
end
$$;
