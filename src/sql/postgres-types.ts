const builtinTypes: ReadonlySet<string> = new Set(
  'aclitem bit box bpchar bytea cidr circle cid daterange datemultirange inet int2vector int4multirange int4range int8multirange int8range interval jsonpath line lseg macaddr macaddr8 money name nummultirange numrange oid oidvector path pg_lsn pg_snapshot point polygon refcursor regclass regconfig regdictionary regnamespace regoper regproc regprocedure regrole regtype tid timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot varbit xid xid8 xml bigserial serial smallserial real text uuid varchar char integer bigint smallint boolean date time timestamp timestamptz numeric json jsonb bytes double enum'.split(
    ' ',
  ),
)

/** Whether PostgreSQL has a type of this name. */
export function isBuiltinType(name: string): boolean {
  return builtinTypes.has(name.replace(/^"|"$/gu, '').replace(/\s.*$/u, '').toLowerCase())
}
