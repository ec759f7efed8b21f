create or replace trigger clinics_added
after insert on clinics
for each row execute function record_change();

-- Not for the epoch, nor for the mark of the first start: they are nobody's decision.
create or replace trigger clinics_audited
after update on clinics
for each row when (
  to_jsonb(old) - array['epoch', 'epoch_began_in', 'configured_at']
    is distinct from to_jsonb(new) - array['epoch', 'epoch_began_in', 'configured_at']
)
execute function record_change();

create or replace trigger clinics_renewed
before update on clinics
for each row execute function renew_epoch();
