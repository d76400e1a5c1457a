import type {SchemaFileKind} from '../config/schema-files.ts'
import {createSource} from '../document/source.ts'
import type {SchemaEdit, SchemaObject} from '../rule/change.ts'
import type {Dialect, Operation} from '../rule/types.ts'
import {forwardFiles, migrationName} from '../sql/migrations/names.ts'
import {dialectOfFiles, readSchemaFile} from '../sql/state/read.ts'
import {type LineChanges, lineChanges, plainCode, plainSql} from './schema-lines.ts'
import {objectsInCalls, objectsInModels, objectsInOperations} from './schema-objects.ts'

/** A file of the schema that a change touches. */
export interface TouchedFile {
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly kind: SchemaFileKind
  /** `undefined` for a new file. */
  readonly before: string | undefined
  readonly now: string
}

/** The SQL of a file: as configured, or as it shows. */
export function dialectOf({path, kind, now}: TouchedFile, given: Dialect | undefined): Dialect {
  const shown = kind.kind === 'sql' ? dialectOfFiles([{path, language: 'sql', text: now}]) : undefined
  return given ?? shown ?? 'postgresql'
}

/** What a change does to the schema in a file; `undefined` when nothing. SQL needs the parser of its dialect. */
export function schemaEdit({path, kind, before, now}: TouchedFile, dialect: Dialect): SchemaEdit | undefined {
  if (kind.migration && kind.kind === 'sql' && forwardFiles([path], dialect).files.length === 0) return undefined
  const plain = (text: string): string => (kind.kind === 'sql' ? plainSql(text, dialect) : plainCode(text, path))
  const texts = {before: plain(before ?? ''), now: plain(now)}
  const changes = lineChanges(texts.before, texts.now)
  if (!changes) return undefined
  const objects = objectsIn(path, kind, texts, changes, dialect)
  const source = createSource(now)
  return objects.length === 0
    ? undefined
    : {
        ...contentOf(source.lineSpan(changes.first), now),
        path,
        migration: kind.migration ? migrationName(path) : undefined,
        added: before === undefined,
        objects,
      }
}

function objectsIn(
  path: string,
  kind: SchemaFileKind,
  texts: {readonly before: string; readonly now: string},
  changes: LineChanges,
  dialect: Dialect,
): readonly SchemaObject[] {
  switch (kind.kind) {
    case 'sql':
    case 'prisma': {
      const language = kind.kind
      const read = (text: string): readonly Operation[] => readSchemaFile({path, language, text}, dialect).operations
      return withModels(objectsInOperations(read(texts.before), read(texts.now)), texts.now)
    }
    case 'models':
      return objectsInModels(texts, changes, kind)
    case 'calls':
      return objectsInCalls(texts.now, changes)
    default:
      return kind satisfies never
  }
}

/** A model of Prisma's has a name beside that of its table. */
function withModels(objects: readonly SchemaObject[], text: string): readonly SchemaObject[] {
  const models = new Map(
    [...text.matchAll(/^[ \t]*(?:model|enum)[ \t]+(\w+)[ \t]*\{[^}]{0,20000}@@map\(\s*(?:name:\s*)?"(\w+)"/gmu)].map(
      ([, model = '', table = '']) => [table, model],
    ),
  )
  if (models.size === 0) return objects
  return objects.map(({names, parts}) => ({
    names: [...names, ...names.flatMap((name) => models.get(name) ?? [])],
    parts,
  }))
}

/** Without the indentation. */
function contentOf(
  {start, end}: {readonly start: number; readonly end: number},
  text: string,
): {readonly start: number; readonly end: number} {
  const line = text.slice(start, end)
  const indent = line.length - line.trimStart().length
  return {start: start + indent, end: start + Math.max(indent, line.trimEnd().length)}
}
