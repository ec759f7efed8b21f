-- Changes somebody's place on the waitlist: `changes` has what changes, as JSON, of first_date, last_date, note and state
-- (waiting or withdrawn). What is booked stays booked. Raises CQ001 when there is no such place · CQ019 the range ends before
-- it begins.
create or replace function change_waitlist(in_clinic uuid, for_place uuid, changes jsonb, actor jsonb) returns waitlist
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed waitlist;
begin
  perform act_as(actor);
  update waitlist known
  set (first_date, last_date, note, state, updated_at) = (
    select wanted.first_date, wanted.last_date, wanted.note, wanted.state, clinic_now(in_clinic)
    from jsonb_populate_record(known, changes) wanted
  )
  where (clinic_id, id) = (in_clinic, for_place) and state <> 'booked'
  returning * into changed;
  if not found then
    raise 'Place on the waitlist not found' using errcode = 'CQ001';
  end if;
  return changed;
exception
  when check_violation then
    raise 'until: must not be before from' using errcode = 'CQ019', detail = 'until';
end
$$;

grant execute on function change_waitlist to clinic_api;
