-- Adds a waiting area. Raises CQ013 when the name is taken.
create or replace function add_area(in_clinic uuid, new_name text, actor jsonb) returns areas
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  area areas;
begin
  perform act_as(actor);
  insert into areas (clinic_id, name) values (in_clinic, new_name) returning * into area;
  return area;
exception
  when unique_violation then
    raise 'An area with this name already exists' using errcode = 'CQ013';
end
$$;

grant execute on function add_area to clinic_api;
