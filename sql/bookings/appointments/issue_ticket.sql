-- Gives a new appointment its confirmation code, and the next ticket of its doctor's day; and one that moves to another date,
-- a ticket of that date. Otherwise a ticket never changes, for the patient may hold it in the hand, and none comes twice:
-- those of cancelled and transferred appointments count too. Raises 23514 (check_violation) when somebody tries to change
-- one.
create or replace function issue_ticket() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.date = old.date then
    if (new.ticket_prefix, new.ticket_number) <> (old.ticket_prefix, old.ticket_number) then
      raise 'A ticket never changes' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  new.confirmation_code := coalesce(new.confirmation_code, new_confirmation_code(new.clinic_id));
  select ticket_prefix into new.ticket_prefix from doctors
  where (clinic_id, id) = (new.clinic_id, new.doctor_id);
  select coalesce(max(ticket_number), 0) + 1 into new.ticket_number
  from appointments
  where (clinic_id, date, ticket_prefix) = (new.clinic_id, new.date, new.ticket_prefix);
  return new;
end
$$;
