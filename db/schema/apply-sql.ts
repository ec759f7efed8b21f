import { createHash } from "node:crypto";
import type { Client } from "pg";
import { codeOf } from "../../platform/errors.ts";
import { readSqlObjects, type SqlObject } from "./sql-objects.ts";

const invalidFunctionDefinition = "42P13";
const dependentObjectsStillExist = "2BP01";

export interface Applied {
  changed: SqlObject[];
  vanished: SqlObject[];
}

/**
 * Brings functions, triggers and grants to what `sql/` says, in the caller's transaction.
 *
 * What is unchanged is not touched, because a function that is dropped and made again fails those who call it at that
 * moment. What changed is replaced in place; only a function whose signature changed, and what `sql/` no longer has, is
 * dropped. Something that was changed by hand in the database is put back.
 */
export async function applySql(client: Client): Promise<Applied> {
  const objects = await readSqlObjects();
  const known = await readKnown(client);
  const catalog = await readCatalog(client);
  const changed = objects.filter((object) => {
    const before = known.get(keyOf(object));
    return before?.source !== sourceHashOf(object) || before.catalog !== catalog.get(keyOf(object));
  });
  const wanted = new Set(objects.map(keyOf));
  const vanished = [...known.keys()].filter((key) => !wanted.has(key)).map(objectOf);

  // A function's body may name another one that comes later.
  await client.query("set local check_function_bodies = off");
  for (const object of changed) await apply(client, object);
  // Triggers before functions: they are what holds a function.
  for (const object of vanished.toReversed()) await drop(client, object);
  await client.query("set local check_function_bodies = on");

  if (changed.length + vanished.length > 0) await remember(client, objects, await readCatalog(client));
  return { changed, vanished };
}

async function apply(client: Client, object: SqlObject): Promise<void> {
  switch (object.kind) {
    case "function":
      await applyFunction(client, object);
      break;
    case "trigger":
      await client.query(object.definition);
      break;
    case "role":
      await client.query(`revoke all on all tables in schema ${await schemaOf(client)} from ${object.name}`);
      break;
  }
  if (object.grants !== "") await client.query(object.grants);
}

/** Makes or replaces a function. One of the same name with other arguments or another result is dropped. */
async function applyFunction(client: Client, { name, definition }: SqlObject): Promise<void> {
  let before = await overloadsOf(client, name);
  // Somebody added one by hand. Nothing tells which of them is ours, but nothing depends on the other one.
  if (before.length > 1) {
    for (const signature of before) await dropUnlessNeeded(client, signature);
    before = await overloadsOf(client, name);
  }
  await client.query("savepoint replacing");
  try {
    await client.query(definition);
    await client.query("release savepoint replacing");
  } catch (error) {
    if (codeOf(error) !== invalidFunctionDefinition) throw error;
    await client.query("rollback to savepoint replacing");
    for (const signature of before) await client.query(`drop routine ${signature}`);
    await client.query(definition);
  }
  const after = await overloadsOf(client, name);
  if (after.length > 1) for (const signature of before) await client.query(`drop routine ${signature}`);
  // A new function may be called by everybody, and a replaced one keeps grants that its file may no longer have.
  await client.query(`revoke all on function ${name} from public, clinic_api, clinic_realtime`);
}

/** Drops a function, unless something like a trigger depends on it. */
async function dropUnlessNeeded(client: Client, signature: string): Promise<void> {
  await client.query("savepoint dropping");
  try {
    await client.query(`drop routine ${signature}`);
    await client.query("release savepoint dropping");
  } catch (error) {
    if (codeOf(error) !== dependentObjectsStillExist) throw error;
    await client.query("rollback to savepoint dropping");
  }
}

async function drop(client: Client, { kind, name }: SqlObject): Promise<void> {
  if (kind === "function") {
    for (const signature of await overloadsOf(client, name)) await client.query(`drop routine ${signature}`);
  } else if (kind === "trigger") {
    const [table, trigger] = name.split(".");
    await client.query(`drop trigger if exists ${trigger} on ${table}`);
  } else {
    await client.query(`revoke all on all tables in schema ${await schemaOf(client)} from ${name}`);
  }
}

async function overloadsOf(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ signature: string }>(
    `select oid::regprocedure::text as signature from pg_proc
     where proname = $1 and pronamespace = current_schema()::regnamespace`,
    [name],
  );
  return rows.map(({ signature }) => signature);
}

async function schemaOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("select quote_ident(current_schema()) as name");
  return rows[0]?.name ?? "public";
}

async function readKnown(client: Client): Promise<Map<string, { source: string; catalog: string }>> {
  const { rows } = await client.query<{ name: string; source: string; catalog: string }>(
    "select name, source_hash as source, catalog_hash as catalog from sql_objects order by name",
  );
  return new Map(rows.map(({ name, ...hashes }) => [name, hashes]));
}

/** A hash of what the catalog says of each function, trigger and role of ours. */
async function readCatalog(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; hash: string }>(`
    select 'function ' || proname as name,
      md5(string_agg(pg_get_functiondef(oid) || coalesce(proacl::text, ''), '' order by oid)) as hash
    from pg_proc
    where pronamespace = current_schema()::regnamespace and prokind = 'f'
    group by proname
    union all
    select format('trigger %s.%s', relname, tgname), md5(pg_get_triggerdef(pg_trigger.oid) || tgenabled::text)
    from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    where relnamespace = current_schema()::regnamespace and not tgisinternal
    union all
    select 'role ' || grantee, md5(string_agg(concat_ws(' ', relname, attname, privilege_type), ',' order by relname, attname, privilege_type))
    from (
      select relname, null as attname, (aclexplode(relacl)).grantee::regrole::text, (aclexplode(relacl)).privilege_type
      from pg_class where relnamespace = current_schema()::regnamespace
      union all
      select relname, attname, (aclexplode(attacl)).grantee::regrole::text, (aclexplode(attacl)).privilege_type
      from pg_attribute
      join pg_class on pg_class.oid = attrelid
      where relnamespace = current_schema()::regnamespace
    ) granted
    group by grantee
  `);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

async function remember(client: Client, objects: SqlObject[], catalog: Map<string, string>): Promise<void> {
  const rows = objects.map((object) => ({
    name: keyOf(object),
    source_hash: sourceHashOf(object),
    catalog_hash: catalog.get(keyOf(object)) ?? "",
  }));
  await client.query("delete from sql_objects");
  await client.query(
    `insert into sql_objects select * from jsonb_to_recordset($1) as object (name text, source_hash text, catalog_hash text)`,
    [JSON.stringify(rows)],
  );
}

const keyOf = ({ kind, name }: SqlObject): string => `${kind} ${name}`;

function objectOf(key: string): SqlObject {
  const [kind, name = ""] = key.split(" ");
  return { kind: kind as SqlObject["kind"], name, domain: "", definition: "", grants: "" };
}

const sourceHashOf = ({ definition, grants }: SqlObject): string =>
  createHash("sha256").update(definition).update(grants).digest("hex");
