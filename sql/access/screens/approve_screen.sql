-- Makes the screen that shows this code one of the clinic's, under a name, for an area or for all (null).
-- Raises CQ001 when none shows it, or there is no such area.
create or replace function approve_screen(
  in_clinic uuid, with_user_code text, new_name text, for_area uuid, token_lifetime_s integer, actor jsonb
) returns screens
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  screen screens;
begin
  perform act_as(actor);
  perform from device_authorizations
  where (clinic_id, user_code) = (in_clinic, with_user_code) and screen_id is null and expires_at > now()
  for update;
  if not found then
    raise 'A screen with this code was not found: it may have got a new one' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, for_area, null);
  insert into screens (clinic_id, name, area_id, created_by)
  values (in_clinic, new_name, for_area, actor ->> 'name')
  returning * into screen;
  perform begin_session(in_clinic, null, screen.id, null, null, null, token_lifetime_s, actor);
  update device_authorizations set screen_id = screen.id where (clinic_id, user_code) = (in_clinic, with_user_code);
  return screen;
end
$$;

grant execute on function approve_screen to clinic_api;
