-- Renames a waiting area. Raises CQ001 no such area · CQ013 the name is taken.
create or replace function rename_area(in_clinic uuid, for_area uuid, new_name text, actor jsonb) returns areas
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  area areas;
begin
  perform act_as(actor);
  update areas set name = new_name where (clinic_id, id) = (in_clinic, for_area) returning * into area;
  if not found then
    raise 'Area not found' using errcode = 'CQ001';
  end if;
  return area;
exception
  when unique_violation then
    raise 'An area with this name already exists' using errcode = 'CQ013';
end
$$;

grant execute on function rename_area to clinic_api;
