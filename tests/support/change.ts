import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import type {SchemaFileKind} from '../../src/config/schema-files.ts'
import {runChangeRules} from '../../src/lint/change.ts'
import {dialectOf, schemaEdit} from '../../src/lint/schema-edits.ts'
import type {Finding} from '../../src/lint/types.ts'
import type {ChangeDocument} from '../../src/rule/change.ts'
import type {AnyRule} from '../../src/rule/types.ts'

/**
 * The findings of rules of changes on a file of a fixture folder; needs the parsers. What the file was stands in `before`; without
 * that it is a new migration. The documents of `bad-x.docs` are as they were, those of `bad-x.changed` belong to the change.
 */
export function findingsInChange(folder: string, name: string, rules: readonly AnyRule[]): readonly Finding[] {
  const text = readFileSync(join(folder, name), 'utf8')
  const earlier = join(folder, 'before', name)
  const before = existsSync(earlier) ? readFileSync(earlier, 'utf8') : undefined
  const path = name.replace(/^(?:bad|good)-/u, '')
  const file = {path, kind: kindOf(name, before === undefined), before, now: text}
  const edit = schemaEdit(file, dialectOf(file, undefined))
  return runChangeRules(
    {schema: edit ? [edit] : [], documents: changeDocuments(folder, name)},
    {rules, configOf: () => new Map(), textOf: () => text},
  )
}

export function changeDocuments(folder: string, name: string): readonly ChangeDocument[] {
  const stem = join(folder, name.replace(/\.\w+$/u, ''))
  return (['docs', 'changed'] as const).flatMap((ending) => {
    const root = `${stem}.${ending}`
    const names = existsSync(root) ? readdirSync(root).toSorted() : []
    return names.map((one) => ({text: readFileSync(join(root, one), 'utf8'), touched: ending === 'changed'}))
  })
}

function kindOf(name: string, migration: boolean): SchemaFileKind {
  if (name.endsWith('.prisma')) return {kind: 'prisma', migration: false}
  return {kind: name.endsWith('.sql') ? 'sql' : 'calls', migration}
}
