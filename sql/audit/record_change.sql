-- Records one row's change in the audit trail: a new row whole, of a changed row only what differs.
create or replace function record_change() returns trigger
language plpgsql as $$
declare
  old_row jsonb := to_jsonb(old) - array['clinic_id', 'password_hash', 'presence_key'];
  new_row jsonb := to_jsonb(new) - array['clinic_id', 'password_hash', 'presence_key'];
  whole jsonb := coalesce(to_jsonb(new), to_jsonb(old));
  in_clinic uuid := coalesce(whole ->> 'clinic_id', whole ->> 'id');
  id text := coalesce(whole ->> 'id', concat_ws(' ', whole ->> 'doctor_id', whole ->> 'date'));
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(key, old_row -> key), jsonb_object_agg(key, value) into old_row, new_row
    from jsonb_each(new_row)
    where value is distinct from old_row -> key;
  end if;
  perform record_event(in_clinic, lower(tg_op), tg_table_name, id, old_row, new_row);
  return null;
end
$$;
