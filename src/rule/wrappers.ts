import type {Plan} from './plan.ts'

/** A tool that runs each migration in a transaction. */
export interface Wrapper {
  readonly tool: string
  /** What turns that off. */
  readonly off: string
}

const wrappers: readonly (Wrapper & {readonly name: RegExp})[] = [
  {tool: 'Alembic', name: /\balembic\b/i, off: 'with op.get_context().autocommit_block():'},
  {tool: 'Django', name: /\bdjango\b|\bmanage\.py migrate\b/i, off: 'atomic = False'},
  {tool: 'Rails', name: /\brails\b|\bactive ?record\b/i, off: 'disable_ddl_transaction!'},
  {tool: 'dbmate', name: /\bdbmate\b/i, off: '-- migrate:up transaction:false'},
  {tool: 'goose', name: /\bgoose\b/i, off: '-- +goose NO TRANSACTION'},
  {tool: 'sqlx', name: /\bsqlx\b/i, off: '-- no-transaction'},
  {tool: 'Knex', name: /\bknex\b/i, off: 'exports.config = {transaction: false}'},
  {tool: 'TypeORM', name: /\btypeorm\b/i, off: 'transaction = false'},
  {tool: 'node-pg-migrate', name: /\bnode-pg-migrate\b/i, off: 'pgm.noTransaction()'},
  {tool: 'Diesel', name: /\bdiesel\b/i, off: 'run_in_transaction = false'},
  {tool: 'Ecto', name: /\becto\b/i, off: '@disable_ddl_transaction true'},
  {tool: 'Drizzle', name: /\bdrizzle\b/i, off: 'a script that psql runs'},
]

const outside =
  /(?:outside|without|no|not (?:in|inside)|disabl\w*|off)\b.{0,24}\btransaction|transaction\w*["']?\s*[:=]\s*(?:false|none|off)|no[-_ ]?transaction|autocommit|disable_ddl_transaction|atomic\s*=\s*false|run_in_transaction\s*=\s*false|non-transactional|by hand|manually|\bpsql\b/i

/** The tool of a plan that opens a transaction around the migration, unless the plan turns it off. */
export function wrapperIn({clauses, others}: Plan): Wrapper | undefined {
  if (others.some(({text}) => outside.test(text))) return undefined
  return wrappers.find(({name}) => clauses.some(({text}) => name.test(text)))
}
