import type { Sql } from "../../../db/database.ts";

export async function tableNames(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    order by relname
  `;
  return rows.map(({ name }) => name);
}

/** All that makes up our schema, a line for each thing, so that two databases can be compared. */
export async function readCatalog(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('table %s %s %s rls %s %s', relname, relkind, reloptions, relrowsecurity, relforcerowsecurity) as line
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
    union all
    select format('column %s.%s %s default %s %s not null %s', relname, attname, format_type(atttypid, atttypmod),
      pg_get_expr(adbin, adrelid), attidentity::text || attgenerated::text, attnotnull)
    from pg_attribute
    join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    left join pg_attrdef on (adrelid, adnum) = (attrelid, attnum)
    where attnum > 0 and not attisdropped
    union all
    select format('constraint %s %s.%s %s', contypid::regtype, conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select pg_get_indexdef(indexrelid)
    from pg_index
    join pg_class on pg_class.oid = indexrelid and relnamespace = 'public'::regnamespace
    union all
    select format('policy %s on %s for %s to %s using %s check %s', polname, polrelid::regclass, polcmd, polroles::regrole[],
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    from pg_policy
    union all
    select format('trigger %s enabled %s', pg_get_triggerdef(pg_trigger.oid), tgenabled) from pg_trigger
    join pg_class on pg_class.oid = tgrelid and relnamespace = 'public'::regnamespace
    where not tgisinternal
    union all
    select pg_get_functiondef(oid) || coalesce(proacl::text, '') from pg_proc
    where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
    union all
    select format('type %s %s of %s', typname, typtype, format_type(typbasetype, typtypmod)) from pg_type
    where typnamespace = 'public'::regnamespace and typtype in ('d', 'e')
    union all
    select format('grant %s on %s to %s', privilege_type, relname, grantee::regrole) from pg_class, aclexplode(relacl)
    where relnamespace = 'public'::regnamespace and grantee <> relowner
    union all
    select format('grant %s on %s.%s to %s', privilege_type, relname, attname, grantee::regrole)
    from pg_class
    join pg_attribute on attrelid = pg_class.oid, aclexplode(attacl)
    where relnamespace = 'public'::regnamespace
    union all
    select format('grant %s on the schema to %s', privilege_type, grantee::regrole) from pg_namespace, aclexplode(nspacl)
    where nspname = 'public'
    order by line
  `;
  return rows.map(({ line }) => line);
}
