-- Deletes a waiting area. Raises CQ001 no such area · CQ014 a doctor, a room or a screen in use belongs to it.
create or replace function delete_area(in_clinic uuid, for_area uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  -- The row of a revoked screen stays for the record, and must not keep the area.
  update screens set area_id = null
  where (clinic_id, area_id) = (in_clinic, for_area) and revoked_at is not null;
  delete from areas where (clinic_id, id) = (in_clinic, for_area);
  if not found then
    raise 'Area not found' using errcode = 'CQ001';
  end if;
exception
  when foreign_key_violation then
    raise 'The area is in use by a doctor, a room or a screen' using errcode = 'CQ014';
end
$$;

grant execute on function delete_area to clinic_api;
