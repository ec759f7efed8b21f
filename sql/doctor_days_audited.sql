-- Not for the revisions that touch() stamps, nor for a day that a booking begins.
create or replace trigger doctor_days_audited
after update on doctor_days
for each row when ((old.is_present, old.notes, old.capacity) is distinct from (new.is_present, new.notes, new.capacity))
execute function record_change();
