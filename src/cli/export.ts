import type {Json} from '../document/types.ts'
import {exportOf} from '../lint/export.ts'
import {version} from '../lint/links.ts'
import {csv} from '../report/csv.ts'
import {show} from '../report/show.ts'
import {toJson} from '../report/to-json.ts'
import {discover} from '../run/discover.ts'
import {runOptions} from '../run/options.ts'
import {readAll, type Readied} from '../run/read.ts'
import {loadSchemaParsers} from '../sql/load.ts'
import {notice, print} from './io.ts'
import {typeGiven} from './type-given.ts'

interface Options {
  readonly format: 'json' | 'ndjson' | 'csv'
  readonly sourceMap: boolean
  readonly config?: string
  readonly type?: string
}

/** The documents as data: one value each, with a source map. */
export async function exportDocuments(paths: readonly string[], given: object): Promise<number> {
  // commander's options, by the declarations in `program.ts`.
  const options = given as Options
  const run = runOptions({config: options.config, type: typeGiven(options.type)})
  const {ready, errors} = readAll(discover(paths.length === 0 ? ['.'] : paths, run), run)
  for (const {path, message} of errors) notice(`${show(path)}: ${show(message)}.`)
  if (ready.length === 0) notice('no document of a type was found.')
  for (const {prepared} of ready) await loadSchemaParsers(prepared.document, prepared.dialect)
  print(rendered(ready, options))
  return errors.length > 0 ? 2 : 0
}

function rendered(ready: readonly Readied[], {format, sourceMap}: Options): string {
  switch (format) {
    case 'json':
      return `${toJson({version: 1, tool: {name: 'spec-lint', version}, documents: ready.map((one) => valueOf(one, sourceMap))})}\n`
    case 'ndjson':
      return ready.map((one) => `${toJson(valueOf(one, sourceMap), 0)}\n`).join('')
    case 'csv':
      return csv(register(ready))
    default:
      return format satisfies never
  }
}

function valueOf({prepared, name}: Readied, sourceMap: boolean): object {
  const {value, spans} = exportOf(prepared, name)
  const {source} = prepared.document
  if (!sourceMap) return value
  const map = [...spans].map(([pointer, {start, end}]) => [
    pointer,
    {start: source.pointOf(start), end: source.pointOf(end)},
  ])
  return {...value, sourceMap: Object.fromEntries(map) as object}
}

/** A row a document: what it is, its metadata, how much it holds. */
function register(ready: readonly Readied[]): readonly (readonly string[])[] {
  const keys = [...new Set(ready.flatMap(({prepared}) => Object.keys(prepared.type.metadata.value)))]
  return [
    ['path', 'type', 'title', ...keys, 'requirements', 'not covered', 'schema changes', 'open tasks'],
    ...ready.map(({prepared: {document, type, schemaChanges}, name}) => {
      const defined = type.ids.flatMap(({spec, definitions}) =>
        definitions.map((one) => ({...one, asked: spec.coveredBy.length > 0})),
      )
      const tasks = document.lists.flatMap(({items}) => items.filter(({checked}) => checked === false))
      return [
        name,
        type.type.name,
        document.title?.text ?? '',
        ...keys.map((key) => cellOf(type.metadata.value[key])),
        String(defined.length),
        String(defined.filter(({asked, coveredBy}) => asked && coveredBy.length === 0).length),
        String(schemaChanges.length),
        String(tasks.length),
      ]
    }),
  ]
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
