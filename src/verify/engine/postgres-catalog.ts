/** All that a database has, as one query over PostgreSQL's catalog: text without object identifiers, so that states compare. */

/** What is made later than the server's own has numbers from 16384 on. */
const own = `n.nspname NOT IN ('pg_catalog','information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'`

function apart(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid='${catalog}'::regclass AND x.objid=${oid} AND x.deptype='e')`
}

/** A name as it is written in the default schema. */
function named(schema: string, name: string): string {
  return `CASE WHEN ${schema}='public' THEN '' ELSE ${schema}||'.' END||${name}`
}

const table = named('n.nspname', 'c.relname')
const relation = `pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace`
const privileges = (acl: string): string =>
  `(SELECT ' '||string_agg(p::text,',' ORDER BY p::text) FROM unnest(${acl}) p)`

/** The table and column that own a sequence. */
const owner = `(SELECT d.refobjid FROM pg_depend d WHERE d.classid='pg_class'::regclass AND d.objid=c.oid AND d.refobjsubid>0 AND d.deptype IN ('a','i') LIMIT 1)`

/** Whether a column owns a sequence, whatever that is called. */
const owns = `EXISTS (SELECT 1 FROM pg_depend d JOIN pg_class s ON s.oid=d.objid AND s.relkind='S' WHERE d.classid='pg_class'::regclass AND d.refclassid='pg_class'::regclass AND d.refobjid=c.oid AND d.refobjsubid=a.attnum AND d.deptype IN ('a','i'))`

const parts: readonly string[] = [
  `SELECT 'schema' k, n.nspname::text id, '' t, pg_get_userbyid(n.nspowner)||coalesce(${privileges('n.nspacl')},'') def FROM pg_namespace n WHERE ${own}`,
  `SELECT 'extension', extname::text, '', '' FROM pg_extension WHERE extname<>'plpgsql'`,
  `SELECT 'role', rolname::text, '', concat(rolsuper,rolinherit,rolcreaterole,rolcreatedb,rolcanlogin,rolbypassrls) FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%'`,
  `SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END, ${table}, '',
     concat_ws(' ', nullif(c.relpersistence::text,'p'), CASE WHEN c.relrowsecurity THEN 'row level security' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END,
       nullif(c.relreplident::text,'d'), c.reloptions::text, CASE WHEN c.relkind='p' THEN pg_get_partkeydef(c.oid) END,
       CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound,c.oid) END, CASE WHEN c.relkind IN ('v','m') THEN pg_get_viewdef(c.oid) END,
       (SELECT 'inherits '||string_agg(inhparent::regclass::text,',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid=c.oid))
   FROM ${relation} WHERE c.oid>=16384 AND ${own} AND c.relkind IN ('r','p','v','m','f') AND ${apart('pg_class', 'c.oid')}`,
  `SELECT 'privileges', ${table}, CASE WHEN c.relkind='S' THEN '' ELSE ${table} END, ${privileges('c.relacl')} FROM ${relation} WHERE c.oid>=16384 AND ${own} AND c.relacl IS NOT NULL AND ${apart('pg_class', 'c.oid')}`,
  `SELECT CASE WHEN ${owner} IS NULL THEN 'sequence' ELSE 'generated name' END, ${table}, coalesce(${owner}::regclass::text,''),
     (SELECT concat_ws(',',format_type(seqtypid,null),seqstart,seqincrement,seqmax,seqmin,seqcache,seqcycle) FROM pg_sequence WHERE seqrelid=c.oid)
   FROM ${relation} WHERE c.oid>=16384 AND ${own} AND c.relkind='S' AND ${apart('pg_class', 'c.oid')}`,
  `SELECT 'column', ${table}||'.'||a.attname, ${table},
     concat_ws(' ', format_type(a.atttypid,a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END, CASE WHEN a.attidentity<>'' THEN 'identity '||a.attidentity::text END,
       CASE WHEN a.attgenerated<>'' THEN 'generated '||a.attgenerated::text END,
       'DEFAULT '||CASE WHEN pg_get_expr(ad.adbin,ad.adrelid) LIKE 'nextval(%' AND ${owns} THEN 'nextval' ELSE pg_get_expr(ad.adbin,ad.adrelid) END,
       CASE WHEN a.attcollation<>ty.typcollation THEN 'COLLATE '||co.collname END, ${privileges('a.attacl')})
   FROM pg_attribute a JOIN pg_class c ON c.oid=a.attrelid JOIN pg_namespace n ON n.oid=c.relnamespace JOIN pg_type ty ON ty.oid=a.atttypid
   LEFT JOIN pg_attrdef ad ON ad.adrelid=a.attrelid AND ad.adnum=a.attnum LEFT JOIN pg_collation co ON co.oid=a.attcollation
   WHERE a.attrelid>=16384 AND ${own} AND a.attnum>0 AND NOT a.attisdropped AND c.relkind IN ('r','p','f','c') AND ${apart('pg_class', 'c.oid')}`,
  `SELECT 'column order', ${table}, ${table}, string_agg(a.attname,', ' ORDER BY a.attnum)
   FROM pg_attribute a JOIN pg_class c ON c.oid=a.attrelid JOIN pg_namespace n ON n.oid=c.relnamespace
   WHERE a.attrelid>=16384 AND ${own} AND a.attnum>0 AND NOT a.attisdropped AND c.relkind IN ('r','p') AND ${apart('pg_class', 'c.oid')} GROUP BY 2`,
  `SELECT 'constraint', coalesce(o.conrelid::regclass::text, o.contypid::regtype::text)||'.'||o.conname, coalesce(nullif(o.conrelid,0)::regclass::text,o.contypid::regtype::text), pg_get_constraintdef(o.oid)
   FROM pg_constraint o JOIN pg_namespace n ON n.oid=o.connamespace WHERE o.oid>=16384 AND ${own} AND o.contype NOT IN ('n','t') AND o.conparentid=0 AND ${apart('pg_constraint', 'o.oid')}`,
  `SELECT 'index', ${named('n.nspname', 'i.relname')}, x.indrelid::regclass::text, pg_get_indexdef(x.indexrelid)||CASE WHEN NOT x.indisvalid THEN ' INVALID' ELSE '' END
   FROM pg_index x JOIN pg_class i ON i.oid=x.indexrelid JOIN pg_namespace n ON n.oid=i.relnamespace
   WHERE x.indexrelid>=16384 AND ${own} AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid=x.indexrelid AND o.contype IN ('p','u','x')) AND NOT i.relispartition AND ${apart('pg_class', 'i.oid')}`,
  `SELECT 'trigger', g.tgrelid::regclass||'.'||g.tgname, g.tgrelid::regclass::text, pg_get_triggerdef(g.oid)||' '||g.tgenabled::text FROM pg_trigger g WHERE NOT g.tgisinternal`,
  `SELECT CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END, p.oid::regprocedure::text, '',
     CASE WHEN p.prokind='a' THEN '' ELSE md5(pg_get_functiondef(p.oid)) END||coalesce(${privileges('p.proacl')},'')
   FROM pg_proc p JOIN pg_namespace n ON n.oid=p.pronamespace WHERE p.oid>=16384 AND ${own} AND ${apart('pg_proc', 'p.oid')}`,
  `SELECT 'enum', e.enumtypid::regtype::text, '', string_agg(e.enumlabel,', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE ${apart('pg_type', 'e.enumtypid')} GROUP BY 2`,
  `SELECT 'domain', ty.oid::regtype::text, '', concat_ws(' ',format_type(ty.typbasetype,ty.typtypmod),CASE WHEN ty.typnotnull THEN 'NOT NULL' END,'DEFAULT '||ty.typdefault)
   FROM pg_type ty JOIN pg_namespace n ON n.oid=ty.typnamespace WHERE ty.oid>=16384 AND ty.typtype='d' AND ${own} AND ${apart('pg_type', 'ty.oid')}`,
  `SELECT 'type', ty.oid::regtype::text, '', ty.typtype::text FROM pg_type ty JOIN pg_namespace n ON n.oid=ty.typnamespace LEFT JOIN pg_class c ON c.oid=ty.typrelid
   WHERE ty.oid>=16384 AND ${own} AND (ty.typtype='r' OR (ty.typtype='c' AND c.relkind='c')) AND ${apart('pg_type', 'ty.oid')}`,
  `SELECT 'policy', p.polrelid::regclass||'.'||p.polname, p.polrelid::regclass::text,
     concat_ws(' ',p.polcmd::text,p.polpermissive::text,p.polroles::regrole[]::text,pg_get_expr(p.polqual,p.polrelid),pg_get_expr(p.polwithcheck,p.polrelid)) FROM pg_policy p`,
  `SELECT 'rule', r.ev_class::regclass||'.'||r.rulename, r.ev_class::regclass::text, pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c ON c.oid=r.ev_class JOIN pg_namespace n ON n.oid=c.relnamespace WHERE r.oid>=16384 AND ${own} AND r.rulename<>'_RETURN'`,
  `SELECT 'comment', pg_describe_object(d.classoid,d.objoid,d.objsubid), CASE WHEN d.classoid='pg_class'::regclass THEN d.objoid::regclass::text ELSE '' END, d.description
   FROM pg_description d WHERE d.objoid>=16384 AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid=d.classoid AND x.objid=d.objoid AND x.deptype='e') AND d.classoid<>'pg_extension'::regclass AND NOT (d.classoid='pg_namespace'::regclass AND d.objoid=to_regnamespace('public'))`,
  `SELECT 'event trigger', evtname::text, '', evtevent||' '||evtfoid::regproc FROM pg_event_trigger`,
  `SELECT 'publication', pubname::text, '', concat(puballtables,pubinsert,pubupdate,pubdelete,pubtruncate) FROM pg_publication`,
  `SELECT 'statistics', stxnamespace::regnamespace||'.'||stxname, stxrelid::regclass::text, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext`,
  `SELECT 'default privileges', coalesce(defaclnamespace::regnamespace::text,'')||' '||defaclobjtype::text||' '||defaclrole::regrole, '', defaclacl::text FROM pg_default_acl`,
  `SELECT 'cast', castsource::regtype||' AS '||casttarget::regtype, '', castfunc::regprocedure::text FROM pg_cast WHERE oid>=16384 AND ${apart('pg_cast', 'pg_cast.oid')}`,
  `SELECT 'operator', oid::regoperator::text, '', oprcode::text FROM pg_operator WHERE oid>=16384 AND ${apart('pg_operator', 'pg_operator.oid')}`,
  `SELECT 'setting', coalesce(setrole::regrole::text,'')||' '||setdatabase::text, '', setconfig::text FROM pg_db_role_setting`,
]

export const catalogQuery = `${parts.join('\nUNION ALL ')}\nORDER BY 1,2`

/** Takes back all that a document may have made, so that the next one begins anew. */
export const resetScript = `DO $reset$
DECLARE r record;
BEGIN
  FOR r IN SELECT evtname n FROM pg_event_trigger LOOP EXECUTE format('DROP EVENT TRIGGER %I', r.n); END LOOP;
  FOR r IN SELECT pubname n FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', r.n); END LOOP;
  FOR r IN SELECT extname n FROM pg_extension WHERE extname<>'plpgsql' LOOP EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', r.n); END LOOP;
  FOR r IN SELECT castsource::regtype s, casttarget::regtype t FROM pg_cast WHERE oid>=16384 LOOP EXECUTE format('DROP CAST (%s AS %s)', r.s, r.t); END LOOP;
  FOR r IN SELECT nspname n FROM pg_namespace WHERE nspname NOT IN ('pg_catalog','information_schema') AND nspname NOT LIKE 'pg\\_toast%' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', r.n); END LOOP;
  FOR r IN SELECT rolname n FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' AND oid<>10 LOOP EXECUTE format('DROP OWNED BY %I CASCADE', r.n); EXECUTE format('DROP ROLE %I', r.n); END LOOP;
  FOR r IN SELECT DISTINCT loid FROM pg_largeobject LOOP PERFORM lo_unlink(r.loid); END LOOP;
  CREATE SCHEMA public;
  ALTER SCHEMA public OWNER TO pg_database_owner;
  GRANT USAGE ON SCHEMA public TO PUBLIC;
  COMMENT ON SCHEMA public IS 'standard public schema';
END $reset$`
