import {kept} from '../document/remembered.ts'
import {isWithin} from '../document/places.ts'
import type {SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import {migrationTools} from '../sql/migrations/tools.ts'
import type {Name} from '../sql/model.ts'
import type {SchemaMoments} from '../sql/state/model.ts'
import {migrationNames} from './migration-names.ts'
import {operationsOf} from './schema.ts'
import type {Context} from './types.ts'

type Facts = Pick<Context<never, never>, 'document' | 'type' | 'schema' | 'project'>

/**
 * What the database has around the document's migration. `undefined` without files that tell it, and for a document that is
 * done and whose migration the files don't have under its name: then nobody knows what was there before.
 */
export function schemaMoments({document, type, project}: Facts): SchemaMoments | undefined {
  const moments = project.schemaAround(migrationNames(document, type, project.migrations).map(({text}) => text))
  const isDone = /^(?:final|withdrawn)$/u.test(type.status?.phase?.kind ?? '')
  return moments && isDone && moments.own === undefined ? undefined : moments
}

/** Last parts, in lower case, of the tables that documents have: this one makes, describes or lists them, or another makes them. */
export function knownTables({document, schema, project}: Facts): ReadonlySet<string> {
  const scripts = schema.models.migrations.flatMap(({upgrade, downgrade}) => [...upgrade, ...downgrade])
  const operations = [...operationsOf(schema), ...scripts.flatMap((statement) => statement.operations)]
  const made = operations.flatMap((one): readonly Name[] => {
    if (one.kind === 'create-table') return [one.table]
    if (one.kind === 'rename-table') return [one.to]
    return one.kind === 'create-object' && one.what !== 'rls' ? [one.name] : []
  })
  const described = [
    ...schema.tables.map(({name}) => name),
    ...schema.models.tables.flatMap(({name, table}) => [name, ...(table ? [table] : [])]),
  ]
  const elsewhere = project.specifications
    .filter(({path}) => path !== project.self?.path)
    .flatMap(({tables}) => tables.map((table) => table.replaceAll(/["'`[\]]/gu, '').replace(/^.*\./u, '')))
  return new Set([
    ...[...made, ...described].map((name) => lastPart(name).toLowerCase()),
    ...elsewhere.map((name) => name.toLowerCase()),
    ...existingNames(document),
  ])
}

const existing =
  /\b(?:exist(?:s|ing)?|already|current(?:ly)?|present|in production|today|(?:stays?|remains?) as (?:it is|they are)|unchanged|(?:is|are) not changed)\b/i

const existingKnown = kept<ReadonlySet<string>>()

/** What the document calls existing, in backquotes: on the same line, or below a heading that says so. The last two parts, in lower case. */
export function existingNames(document: SpecDocument): ReadonlySet<string> {
  return existingKnown(document, () => new Set(readExisting(document)))
}

function readExisting(document: SpecDocument): readonly string[] {
  const sections = document.sections.filter(({heading}) => heading && existing.test(heading.title.text))
  const {source, text} = document
  return [...text.matchAll(/`([\p{L}\p{N}_.$]{1,200})`/gu)].flatMap((match) => {
    const line = source.slice(source.lineSpan(source.lineOf(match.index)))
    const isCalled = existing.test(line) || sections.some((section) => isWithin(match.index, section))
    // `sites.id` is a column of a table that is there.
    return isCalled ? (match[1] ?? '').toLowerCase().split('.').slice(-2) : []
  })
}

/** A table in which a migration tool keeps its own account. */
export function isToolTable(name: Name): boolean {
  const last = lastPart(name).toLowerCase()
  return Object.values(migrationTools).some(({own}) => own.test(last))
}
