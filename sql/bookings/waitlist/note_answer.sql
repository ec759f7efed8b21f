-- Notes what somebody on the waitlist said to a slot: no, or nobody answered. Who said no is not asked about it again.
-- Raises CQ001 when there is no such doctor or place on the waitlist.
create or replace function note_answer(
  in_clinic uuid, for_place uuid, with_doctor uuid, at_start timestamptz, said text, actor jsonb
) returns waitlist
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waiting waitlist;
begin
  perform act_as(actor);
  waiting := lock_waiting(in_clinic, for_place);
  perform keep_answer(in_clinic, for_place, with_doctor, at_start, said, actor);
  update waitlist
  set tries = tries + case when said = 'no_answer' then 1 else 0 end, updated_at = clinic_now(in_clinic)
  where (clinic_id, id) = (in_clinic, for_place)
  returning * into waiting;
  return waiting;
end
$$;

grant execute on function note_answer to clinic_api;
