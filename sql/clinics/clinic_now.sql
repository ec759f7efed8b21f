-- The moment at a clinic: the real one, but in a test or a demo, whose clinics may have clocks of their own.
--
-- Whatever belongs to the clinic's day asks this function: which date is today, and when somebody booked, checked in, was
-- erased, or recorded a doctor's presence. All else goes by the real clock, clock_timestamp() or now(): sessions, tokens,
-- pairing, tries to sign in, the audit trail, what is purged, and the revisions of a date.
--
-- Read it once in a function, after the locks are held: waiting for a lock may take until after midnight. Never call it in
-- a predicate, which would ask again for each row, or in an index.
create or replace function clinic_now(of_clinic uuid) returns timestamptz
language sql volatile as $$
  select clock_timestamp() + clock_offset from clinics where id = of_clinic
$$;

grant execute on function clinic_now to clinic_api, clinic_realtime;
