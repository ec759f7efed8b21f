-- The letter of legal_moves() for who acts: P a patient, D a doctor, S staff and whoever works in SQL, X a program, a kiosk
-- or the system.
create or replace function actor_kind(actor jsonb) returns text
language sql immutable as $$
  select case actor ->> 'role'
    when 'patient' then 'P' when 'doctor' then 'D' when 'service' then 'X' when 'kiosk' then 'X' else 'S'
  end
$$;
