create or replace trigger clinics_added
after insert on clinics
for each row execute function record_change();

-- Not for the epoch, which is nobody's decision.
create or replace trigger clinics_audited
after update on clinics
for each row when (
  to_jsonb(old) - array['epoch', 'epoch_began_in'] is distinct from to_jsonb(new) - array['epoch', 'epoch_began_in']
)
execute function record_change();

create or replace trigger clinics_renewed
before update on clinics
for each row execute function renew_epoch();
