-- One row: who this clinic is. `epoch` names this history of revisions; `history` tells when it was restored.
-- `public_names` and `public_specialty` say what public screens show.
create table clinic (
  singleton boolean primary key default true check (singleton),
  timezone text not null default 'UTC',
  daily_capacity integer not null default 10 check (daily_capacity between 1 and 1000),
  public_names text not null default 'ticket' check (public_names in ('ticket', 'initials', 'first_name')),
  public_specialty boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  history text
);
insert into clinic default values;
