import {expression} from '../document/expressions.ts'
import {kept, remembered} from '../document/remembered.ts'
import type {CodeBlock, Section, SpecDocument} from '../document/types.ts'
import type {Dialect, SqlFacts} from './model.ts'

export interface Decision {
  readonly dialect: Dialect
  readonly by: NonNullable<SqlFacts['decidedBy']>
}

export const dialects: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql']

/** The word after a fence's opening, and what it says of the dialect. */
const fences: Readonly<Record<string, Dialect | undefined>> = {
  sql: undefined,
  ddl: undefined,
  postgresql: 'postgresql',
  postgres: 'postgresql',
  psql: 'postgresql',
  pgsql: 'postgresql',
  plpgsql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  tsql: 'mssql',
  mssql: 'mssql',
  'transact-sql': 'mssql',
}

const names: readonly (readonly [Dialect, RegExp])[] = [
  ['postgresql', /\bpostgres(?:ql)?|\bsupabase\b|\bcockroach|\btimescale|\bneon\b/i],
  ['mysql', /\bmysql\b|\bmariadb\b|\bplanetscale\b/i],
  ['sqlite', /\bsqlite3?\b|\bturso\b|\blibsql\b/i],
  ['mssql', /\bsql server\b|\bmssql\b|\bazure sql\b|\bt-?sql\b/i],
]

const foreign =
  /\boracle\b|\bsnowflake\b|\bbigquery\b|\bclickhouse\b|\bduckdb\b|\bredshift\b|\bgreptime|\brisingwave\b|\bdatabend\b|\bcassandra\b|\bscylla|\bspanner\b|\bdatabricks\b|\bhive\b|\btrino\b|\bmongo|\bdb2\b|\bhana\b|\bteradata\b/i

/** What only engines write that no parser here reads. */
const foreignSigns =
  /\bWATERMARK FOR\b|\bTIME INDEX\b|\bPARTITION ON COLUMNS\b|\bconnector\s*=|\bFORMAT \w+ ENCODE\b|\b(?:SOURCE|SINK|FLOW)\b(?= [\w.]+ (?:WITH|INTO|FROM|AS|SINK)\b)|\bMergeTree\b|\b(?:STRUCT|ARRAY|MAP)\s*<|\bDISTKEY\b|\bTBLPROPERTIES\b|\bSTORED AS\b|\bVARCHAR2\b|\bCLUSTER BY\b/i

/** What only one dialect writes. */
const signs: readonly (readonly [Dialect, RegExp])[] = [
  [
    'postgresql',
    /\bTIMESTAMPTZ\b|\bJSONB\b|\$\w*\$|\bgen_random_uuid\b|\bCONCURRENTLY\b|[\w')\]]::\s*\w|\b(?:BIG|SMALL)?SERIAL\b|\bCREATE EXTENSION\b|\buuid_generate_v\d|\bplpgsql\b|\bROW LEVEL SECURITY\b|\bBYTEA\b|\bUSING (?:gin|gist|brin)\b|\bAS ENUM\b|\bRETURNS TRIGGER\b|\bTSVECTOR\b|\bON CONFLICT\b[^;]{0,300}\bEXCLUDED\b|\bGENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY\b|\bNOT VALID\b|\bANY\s*\(\s*ARRAY\b/gi,
  ],
  [
    'mysql',
    /\bAUTO_INCREMENT\b|\bENGINE\s*=|\bON UPDATE CURRENT_TIMESTAMP\b|`\w+`|\bUNSIGNED\b|\bTINYINT\s*\(\d|^[ \t]*DELIMITER\s|\b(?:MEDIUM|LONG)TEXT\b|\bON DUPLICATE KEY\b|\bMODIFY COLUMN\b|\sENUM\s*\('/gim,
  ],
  ['sqlite', /\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT ROWID\b|\bsqlite_\w+|\bUSING fts\d|\bjulianday\(/gi],
  [
    'mssql',
    /\[dbo\]|\bdbo\.|\bIDENTITY\s*\(\d|\bNVARCHAR\b|^GO[ \t]*$|\bUNIQUEIDENTIFIER\b|\bDATETIME2\b|\bGETDATE\(\)|\bSYSUTCDATETIME\b|\bNEWID\(\)|\bNEWSEQUENTIALID\b|\bNONCLUSTERED\b/gim,
  ],
]

export function isSqlFence(code: CodeBlock): boolean {
  return code.language !== undefined && Object.hasOwn(fences, code.language)
}

/** A script of Alembic or of models. */
export function isPythonFence({language}: Pick<CodeBlock, 'language'>): boolean {
  return language?.startsWith('py') === true
}

export function dialectOfFence(code: CodeBlock): Dialect | undefined {
  return code.language === undefined ? undefined : fences[code.language]
}

/** A heading that is the name of a dialect, with no more than its version and a word for what stands below. */
const onlyName =
  /^\W*(?:\d+(?:\.\d+)*\W+)?(?:for |in |on )?(?:postgres(?:ql)?|mysql|mariadb|sqlite|sql server|t-sql)(?: \d+(?:\.\d+)*)?(?: (?:schema|ddl|version|variant|dialect|migrations?|sql))?\W*$/i

/** The dialect that the headings around a place name, the innermost first. */
export function dialectOfTitles(section: Section): Dialect | undefined {
  for (let one: Section | undefined = section; one?.heading; one = one.parent)
    if (onlyName.test(one.heading.title.text)) return namedDialect(one.heading.title.text)
  return undefined
}

/** The one dialect that a text names; `undefined` for none and for several. */
function namedDialect(text: string): Dialect | undefined {
  const found = names.filter(([, pattern]) => pattern.test(text))
  return found.length === 1 ? found[0]?.[0] : undefined
}

/** The one database that the words of a document name, with its version: "MySQL 8.0." */
export function dialectInWords({text}: SpecDocument): Dialect | undefined {
  const [, word] = /\b(mysql|mariadb|sqlite|postgres(?:ql)?|sql server)\s\d/i.exec(text) ?? []
  return word === undefined ? undefined : namedDialect(text) === namedDialect(word) ? namedDialect(word) : undefined
}

/** A document's dialect by its configuration, metadata, fences, or signs; `undefined` when only parsing can tell. */
export function decideDialect(document: SpecDocument, setting: Dialect | undefined): Decision | undefined {
  if (setting !== undefined) return {dialect: setting, by: 'configuration'}
  return decided(document, () => decide(document))
}

const decided = kept<Decision | undefined>()

function decide(document: SpecDocument): Decision | undefined {
  const byMetadata = metadataDialect(document)
  if (byMetadata !== undefined) return {dialect: byMetadata, by: 'metadata'}
  const codes = document.codes.filter(isSqlFence)
  const byFence = most(codes.flatMap((code) => dialectOfFence(code) ?? []))
  if (byFence !== undefined) return {dialect: byFence, by: 'fence'}
  const bySigns = most(codes.flatMap(({value}) => signsIn(value)))
  return bySigns === undefined ? undefined : {dialect: bySigns, by: 'signs'}
}

const keys =
  /^(?:sql[ _-]?)?(?:database|db|rdbms|dbms|dialect|data ?store|storage)(?:[ _-](?:type|engine|system|server|dialect))?$/i

/** Whether the metadata name an engine that no parser here reads: what fails says nothing then. */
export function isForeign(document: SpecDocument): boolean {
  return metadataDialect(document) === undefined && namesOfEngine(document).some((text) => foreign.test(text))
}

/** Engines whose names are words of English: "-- checks of a hive" names none. */
const common = /^(?:oracle|hive|spanner)$/i
const asEngine = expression(
  'u',
)`(?<=[\p{L}\p{N}],?\s)(?:Oracle|Hive|Spanner)\b|^\W*(?:Oracle|Hive|Spanner)\b(?=\W*$|\s*[:(,]|\s+\d+[cg]\b)|\b(?:[Oo]racle|[Hh]ive|[Ss]panner)\s+(?:SQL|sql|HQL|hql|DB|db|[Dd]atabase|[Ss]yntax|[Dd]ialect|[Vv]ersion)\b`

/** The engine that no parser here reads, by the headings around a fence, the lines above it, or its comments. */
export function foreignEngineAt(offset: number, document: SpecDocument): string | undefined {
  const code = document.codes.find(({start, end}) => start <= offset && offset < end)
  const around = document.sections.filter(({start, end}) => start <= offset && offset < end)
  const sign = code && dialectOfFence(code) === undefined ? foreignSigns.exec(code.value)?.[0] : undefined
  if (sign !== undefined) return sign
  const titles = around.map(({heading}) => heading?.title.text ?? '')
  const above = code
    ? document.text.slice(Math.max(0, code.start - 200), code.start).split(/\n\s*\n(?=[\s\S]*\S)/u)
    : []
  const comments = code?.value.match(/--[^\n]*/gu) ?? []
  for (const text of [...titles, above.at(-1) ?? '', ...comments]) {
    const found = foreign.exec(text)?.[0]
    const isMeant = found !== undefined && (!common.test(found) || asEngine.test(text))
    if (isMeant && namedDialect(text) === undefined) return found
  }
  return undefined
}

function metadataDialect(document: SpecDocument): Dialect | undefined {
  for (const text of namesOfEngine(document)) {
    const dialect = namedDialect(text)
    if (dialect !== undefined) return dialect
  }
  return undefined
}

function namesOfEngine(document: SpecDocument): readonly string[] {
  const entries = document.metadata.entries
    .filter(({key}) => keys.test(key.text.trim()))
    .map(({value}) => (typeof value === 'string' ? value : ''))
  const fields = [document.root, ...document.sections]
    .flatMap((section) => section.fields)
    .filter(({label}) => keys.test(label.text.trim()))
    .map(({value}) => value.text)
  return [...entries, ...fields]
}

const signsIn = remembered((text): readonly Dialect[] =>
  signs.flatMap(([dialect, pattern]) => Array.from(text.match(pattern) ?? [], () => dialect)),
)

/** The dialect of which a fence has most signs. */
export function dialectOfSigns({value}: CodeBlock): Dialect | undefined {
  return most(signsIn(value))
}

/** The one that stands most often; `undefined` for none and for a tie. */
function most(found: readonly Dialect[]): Dialect | undefined {
  const counts = dialects
    .map((dialect) => ({dialect, count: found.filter((one) => one === dialect).length}))
    .toSorted((a, b) => b.count - a.count)
  const [first, second] = counts
  return first && second && first.count > second.count ? first.dialect : undefined
}
