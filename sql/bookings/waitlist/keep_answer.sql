-- Keeps what somebody on the waitlist said to a slot, in place of what they said to it before. Raises CQ001 no such doctor.
create or replace function keep_answer(
  in_clinic uuid, for_place uuid, with_doctor uuid, at_start timestamptz, said text, actor jsonb
) returns void
language plpgsql as $$
begin
  if not exists (select from doctors where (clinic_id, id) = (in_clinic, with_doctor)) then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  insert into waitlist_answers (clinic_id, waitlist_id, doctor_id, starts_at, answer, actor, at)
  values (in_clinic, for_place, with_doctor, at_start, said, actor ->> 'name', clinic_now(in_clinic))
  on conflict (clinic_id, waitlist_id, doctor_id, starts_at) do update
    set answer = excluded.answer, actor = excluded.actor, at = excluded.at;
end
$$;
