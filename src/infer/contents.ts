import type {Json, Section, SpecDocument} from '../document/types.ts'
import {codeOf} from './code.ts'
import {entriesOf} from './entries.ts'
import {fieldsOf} from './labels.ts'
import {checklistOf, measurableOf, stepsOf} from './lists.ts'
import {tablesOf} from './tables.ts'
import {told} from './told.ts'
import type {Claim, Map, Told} from './types.ts'

/** Keys of a section of the type, with what they say. */
export type Content = {readonly [key: string]: Told<Json | undefined> | undefined}

/** What a section holds; of several alike, what the first one that has it holds. */
export function contentOf(group: readonly Section[], document: SpecDocument, isHome: boolean): Content {
  if (isHome) return {}
  const parts = group.slice(0, 20).map((section) => {
    const items = document.items.filter(({start}) => start >= section.body.start && start < section.body.end)
    const entries = entriesOf(section, items, document)
    const tables = tablesOf(section, document)
    const single = Array.isArray(tables.value) && tables.value.length === 1
    return {
      entries,
      fields: entries.value === undefined ? fieldsOf(section, document) : told(undefined),
      ...(single ? {table: only(tables)} : {tables}),
      checklist: checklistOf(section, document),
      steps: entries.value === undefined ? stepsOf(section, document) : told(undefined),
      measurable: measurableOf(section, document),
      code: codeOf(section, document),
    }
  })
  const keys = ['measurable', 'fields', 'entries', 'table', 'tables', 'checklist', 'steps', 'code'] as const
  return Object.fromEntries(
    keys.map((key) => [
      key,
      joined(
        parts.map((part) => (part as Content)[key]),
        key,
      ),
    ]),
  )
}

function only(tables: Told<Json | undefined>): Told<Json | undefined> {
  const [value] = tables.value as readonly Json[]
  return {value, claims: tables.claims.map((one: Claim) => ({...one, at: one.at.replace(/^\/0/u, '')}))}
}

/** Labels that some of several alike lack are optional. */
function joined(
  parts: readonly (Told<Json | undefined> | undefined)[],
  key: string,
): Told<Json | undefined> | undefined {
  const lead = parts.find((part) => part?.value !== undefined)
  if (key !== 'fields' || !lead || parts.length === 1) return lead
  const required = parts.map((part) => ((part?.value as Map | undefined)?.['required'] ?? []) as readonly string[])
  const common = required[0]?.filter((name) => required.every((names) => names.includes(name))) ?? []
  const {required: _, ...rest} = lead.value as Map
  return {value: {...rest, ...(common.length > 0 && {required: common})}, claims: lead.claims}
}
