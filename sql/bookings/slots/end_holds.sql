-- Ends the holds on the time of an appointment, which is booked now. One without a time has none.
create or replace function end_holds(appointment appointments) returns void
language plpgsql as $$
begin
  if appointment.starts_at is not null then
    delete from slot_holds
    where (clinic_id, doctor_id) = (appointment.clinic_id, appointment.doctor_id)
      and starts_at < appointment.ends_at and ends_at > appointment.starts_at;
  end if;
end
$$;
