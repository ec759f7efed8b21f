create or replace trigger day_places_deleted
after delete on day_places referencing old table as old_rows
for each statement execute function touch_places();

create or replace trigger day_places_inserted
after insert on day_places referencing new table as new_rows
for each statement execute function touch_places();

create or replace trigger day_places_truncated
after truncate on day_places
for each statement execute function begin_epoch();

create or replace trigger day_places_updated
after update on day_places referencing old table as old_rows new table as new_rows
for each statement execute function touch_places();
