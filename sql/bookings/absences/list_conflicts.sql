-- A doctor's booking_conflicts() from today on, with whom to telephone, in the order of time: each {appointment, patient, why}.
create or replace function list_conflicts(in_clinic uuid, of_doctor uuid) returns setof jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select told || jsonb_build_object('why', conflict.why)
  from booking_conflicts(in_clinic, of_doctor, clinic_today(in_clinic)) conflict
  cross join lateral jsonb_array_elements(to_be_told(in_clinic, array[(conflict.appointment).id])) told;
end
$$;

grant execute on function list_conflicts to clinic_api;
