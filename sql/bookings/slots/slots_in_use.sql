-- How many slots of a doctor's date are taken, and the lowest number that is free, as if `ignoring` were not there. Walk-ins
-- and transferred patients have slots beyond 1000, which no capacity counts.
--
-- Sorted, slots without a gap are equal to their place: the first that is greater has a free one before it.
create or replace function slots_in_use(
  in_clinic uuid, on_date date, with_doctor uuid, ignoring uuid default null, out taken integer, out free_slot integer
)
language plpgsql stable as $$
begin
  select count(*), coalesce(min(place) filter (where slot > place), count(*) + 1)
  into taken, free_slot
  from (
    select slot, row_number() over (order by slot) as place
    from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor) and status <> 'cancelled' and slot <= 1000
      and id is distinct from ignoring
  ) active;
end
$$;
