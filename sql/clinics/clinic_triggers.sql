-- Not for the epoch and the sign of life: those are the database's, nobody's decision.
create or replace trigger clinic_audited
after update on clinic
for each row when (
  to_jsonb(old) - array['epoch', 'history', 'alive_at']
    is distinct from to_jsonb(new) - array['epoch', 'history', 'alive_at']
)
execute function record_change();

create or replace trigger clinic_shown
before update on clinic
for each row when (
  (old.public_names, old.public_specialty) is distinct from (new.public_names, new.public_specialty)
)
execute function renew_epoch();
