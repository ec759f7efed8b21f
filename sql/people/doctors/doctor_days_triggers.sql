-- Not for the revisions that touch() stamps, nor for a day that a booking begins.
create or replace trigger doctor_days_audited
after update on doctor_days
for each row when (
  (old.state, old.returns_at, old.notice, old.room_id, old.notes, old.capacity)
  is distinct from (new.state, new.returns_at, new.notice, new.room_id, new.notes, new.capacity)
)
execute function record_change();

create or replace trigger doctor_days_deleted
after delete on doctor_days referencing old table as old_rows
for each statement execute function begin_epoch();

create or replace trigger doctor_days_truncated
after truncate on doctor_days
for each statement execute function begin_epoch();

create or replace trigger doctor_days_updated
after update on doctor_days referencing old table as old_rows new table as new_rows
for each statement execute function touch_presence();
