-- Raises CQ024 when a patient or a kiosk is too early for an appointment from a schedule; the detail says when check-in
-- opens. It has no end: whoever is late is not refused by a machine. Raises CQ025 when a patient has not proved to be there,
-- where the clinic demands it.
create or replace function require_check_in_open(
  appointment appointments, role text, moment timestamptz, has_proved boolean
) returns void
language plpgsql stable as $$
declare
  clinic clinics;
  opens_at timestamptz;
begin
  if role not in ('patient', 'kiosk') or role is null then
    return;
  end if;
  select * into clinic from clinics where id = appointment.clinic_id;
  opens_at := appointment.starts_at - clinic.check_in_opens_minutes * interval '1 minute';
  if moment < opens_at then
    raise 'It is too early to check in' using errcode = 'CQ024',
      detail = jsonb_build_object('opens_at', utc_text(opens_at))::text;
  end if;
  if role = 'patient' and clinic.requires_presence_code and not has_proved then
    raise 'presence_code: must be the four digits on the screen in the waiting room' using errcode = 'CQ025',
      detail = 'presence_code';
  end if;
end
$$;
