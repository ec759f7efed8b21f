-- Not for the epoch: that is the database's, nobody's decision.
create or replace trigger clinic_audited
after update on clinic
for each row when (
  (old.timezone, old.daily_capacity, old.public_names, old.public_specialty)
  is distinct from (new.timezone, new.daily_capacity, new.public_names, new.public_specialty)
)
execute function record_change();
