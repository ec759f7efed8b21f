-- Raises CQ001 when the clinic has no such patient, or only one who was erased. The patient stays until the transaction ends.
create or replace function require_patient(in_clinic uuid, of_patient uuid) returns void
language plpgsql as $$
begin
  perform from patients where (clinic_id, id) = (in_clinic, of_patient) and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
end
$$;
