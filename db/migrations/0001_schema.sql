-- What `migrate` knows of the database that it works on.

-- One row: the version of the tables, and the oldest version of the code that they still serve.
create table schema_release (
  singleton boolean primary key default true check (singleton),
  version integer not null,
  serves_from integer not null check (serves_from <= version)
);

-- One row for each function, trigger and role that `sql/` describes: hashes of its text there, and of what the catalog
-- said of it after it was applied.
create table sql_objects (
  name text primary key,
  source_hash text not null,
  catalog_hash text not null
);
