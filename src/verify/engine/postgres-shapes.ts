import type {TableShape} from './types.ts'

/** The tables of the database with what rows for them have to hold, as one value of JSON. */
export const shapesQuery = `SELECT coalesce(json_agg(s ORDER BY s.name),'[]')::text AS shapes FROM (
  SELECT c.oid::regclass::text AS sql, c.oid::regclass::text AS name,
    (SELECT json_agg(json_build_object('name',a.attname,'type',format_type(coalesce(nullif(ty.typbasetype,0),a.atttypid),CASE WHEN ty.typtypmod>0 THEN ty.typtypmod ELSE a.atttypmod END),'notNull',a.attnotnull,
       'generated',a.attgenerated<>'' OR a.attidentity='a','labels',coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid=a.atttypid),'[]'::json)) ORDER BY a.attnum)
     FROM pg_attribute a JOIN pg_type ty ON ty.oid=a.atttypid WHERE a.attrelid=c.oid AND a.attnum>0 AND NOT a.attisdropped) AS columns,
    coalesce((SELECT json_agg(json_build_object('name',o.conname,'columns',(SELECT json_agg(a.attname ORDER BY u.i) FROM unnest(o.conkey) WITH ORDINALITY u(k,i) JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum=u.k)) ORDER BY o.conname)
     FROM pg_constraint o WHERE o.conrelid=c.oid AND o.contype IN ('p','u')),'[]'::json) AS "unique",
    coalesce((SELECT json_agg(json_build_object('name',o.conname,'target',o.confrelid::regclass::text,
       'columns',(SELECT json_agg(a.attname ORDER BY u.i) FROM unnest(o.conkey) WITH ORDINALITY u(k,i) JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum=u.k),
       'targetColumns',(SELECT json_agg(a.attname ORDER BY u.i) FROM unnest(o.confkey) WITH ORDINALITY u(k,i) JOIN pg_attribute a ON a.attrelid=o.confrelid AND a.attnum=u.k)) ORDER BY o.conname)
     FROM pg_constraint o WHERE o.conrelid=c.oid AND o.contype='f'),'[]'::json) AS "foreign",
    coalesce((SELECT json_agg(json_build_object('name',o.conname,'text',pg_get_constraintdef(o.oid),
       'columns',coalesce((SELECT json_agg(a.attname ORDER BY u.i) FROM unnest(o.conkey) WITH ORDINALITY u(k,i) JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum=u.k),'[]'::json)) ORDER BY o.conname)
     FROM pg_constraint o WHERE o.conrelid=c.oid AND o.contype='c'),'[]'::json) AS checks,
    coalesce((SELECT json_agg(json_build_object('name',o.conname,'text',pg_get_constraintdef(o.oid),'why',CASE WHEN o.conenforced THEN 'not-valid' ELSE 'not-enforced' END) ORDER BY o.conname)
     FROM pg_constraint o WHERE o.conrelid=c.oid AND o.contype IN ('c','f') AND (NOT o.convalidated OR NOT o.conenforced)),'[]'::json) AS lax
  FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace
  WHERE c.relkind IN ('r','p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname<>'information_schema'
    AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid='pg_class'::regclass AND x.objid=c.oid AND x.deptype='e')) s`

/** The answer to `shapesQuery`, which is ours. */
export function shapesIn(text: unknown): readonly TableShape[] {
  return JSON.parse(typeof text === 'string' ? text : '[]') as readonly TableShape[]
}
