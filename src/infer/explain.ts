import type {Json} from '../document/types.ts'
import type {Claim, Inferred, Map} from './types.ts'

/** A line for people: how deep it stands, what it speaks of, what holds of it, and the lines of the template that say so. */
export interface Explained {
  readonly depth: number
  readonly what: string
  readonly says: string
  /** 1-based; empty for a heading of the tree. */
  readonly lines: readonly number[]
  /** What it rests on: more than one where several things are said of one section. */
  readonly claims: readonly Claim[]
}

export interface Doubt {
  readonly line: number
  readonly what: string
  readonly doubt: string
}

/** The type as a tree of constraints, each with its lines. */
export function explained({json, claims}: Inferred): readonly Explained[] {
  const sections = (((json['outline'] ?? {}) as Map)['sections'] ?? []) as readonly Json[]
  const rest = claims.filter(({at}) => !at.startsWith('/outline/sections'))
  const groups: readonly (readonly [string, string])[] = [
    ['Title', '/documentTitle'],
    ['Metadata', '/metadata'],
    ['Status', '/phases'],
    ['Identifiers', '/ids'],
    ['Order', '/outline/order'],
    ['Found by itself', '/detect'],
    ['Identity', '/identity'],
    ['Relations', '/relations'],
    ['Left over', '/template'],
    ['Rules', '/rules'],
  ]
  return [
    ...groups.flatMap(([name, prefix]) =>
      group(
        name,
        rest.filter(({at}) => at.startsWith(prefix)),
      ),
    ),
    ...(sections.length > 0 ? [heading('Sections')] : []),
    ...sections.flatMap((section, index) => sectionLines(section as Map, `/outline/sections/${index}`, 1, claims)),
  ]
}

function heading(what: string): Explained {
  return {depth: 0, what, says: '', lines: [], claims: []}
}

function group(name: string, claims: readonly Claim[]): readonly Explained[] {
  return claims.length === 0 ? [] : [heading(name), ...claims.map((one) => lineOf(one, 1))]
}

function lineOf(one: Claim, depth: number): Explained {
  return {depth, what: subjectOf(one), says: one.says, lines: linesOf([one]), claims: [one]}
}

function linesOf(claims: readonly Claim[]): readonly number[] {
  return [...new Set(claims.flatMap(({evidence}) => evidence.map(({line}) => line)))]
}

/** The property, else the last words of the pointer that are names. */
function subjectOf({at}: Claim): string {
  const parts = at
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = parts.at(-1) ?? ''
  if (parts.at(-2) === 'properties') return last
  if (/^\d+$/u.test(last)) return parts.at(-2) === 'columns' ? 'column' : parts.at(-2) === 'items' ? 'item' : ''
  return names[last] ?? last
}

const names: {readonly [key: string]: string | undefined} = {
  in: 'place',
  pattern: 'form',
  example: 'form',
  status: '',
  form: 'form',
  coveredBy: 'cover',
  columns: 'table',
  languages: 'code',
  minimum: '',
  required: '',
  ordered: 'steps',
  order: '',
  guidance: 'guidance',
  name: 'entries',
  title: '',
  metadata: '',
}

function sectionLines(section: Map, at: string, depth: number, claims: readonly Claim[]): readonly Explained[] {
  const own = claims.filter((one) => one.at.startsWith(`${at}/`) && !one.at.startsWith(`${at}/children/`))
  const direct = own.filter((one) => /^\/(?:required|pattern|repeat)$/u.test(one.at.slice(at.length)))
  const children = (section['children'] ?? []) as readonly Json[]
  return [
    {
      depth,
      what: String(section['heading']),
      says: direct.map(({says}) => says).join(', '),
      lines: linesOf(direct),
      claims: direct,
    },
    ...own.filter((one) => !direct.includes(one)).map((one) => lineOf(one, depth + 1)),
    ...children.flatMap((child, index) => sectionLines(child as Map, `${at}/children/${index}`, depth + 1, claims)),
  ]
}

/** What the inference was not sure of, in the order of the template. */
export function doubts({json, claims}: Inferred): readonly Doubt[] {
  const found = claims.flatMap((one): readonly Doubt[] =>
    one.doubt === undefined ? [] : [{line: one.evidence[0]?.line ?? 1, what: placeOf(json, one), doubt: one.doubt}],
  )
  return found.toSorted((a, b) => a.line - b.line)
}

/** The innermost section or key that a claim speaks of. */
function placeOf(json: Map, claim: Claim): string {
  const words = [sectionOf(json, claim), subjectOf(claim)].filter((word) => word !== '')
  return words.join(' › ') || 'the type'
}

/** The key that a claim speaks of, or else the innermost section; empty for the type as a whole. */
export function nameOf(json: Map, claim: Claim): string {
  return claim.at.includes('/properties/') ? subjectOf(claim) : sectionOf(json, claim)
}

function sectionOf(json: Map, claim: Claim): string {
  let value: Json | undefined = json
  let section = ''
  for (const part of claim.at.split('/').slice(1)) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Map)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
        : undefined
    if (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      typeof (value as Map)['heading'] === 'string'
    )
      section = String((value as Map)['heading'])
  }
  return section
}

/** The type in a few lines: metadata keys, and sections with what is optional. */
export function outlined({json}: Inferred): readonly string[] {
  const metadata = (((json['metadata'] ?? {}) as Map)['schema'] ?? {}) as Map
  const required = (metadata['required'] ?? []) as readonly Json[]
  const keys = Object.keys((metadata['properties'] ?? {}) as Map).map((key) =>
    required.includes(key) ? key : `${key}?`,
  )
  const sections = (((json['outline'] ?? {}) as Map)['sections'] ?? []) as readonly Json[]
  return [
    ...(keys.length > 0 ? [`metadata: ${keys.join(', ')}`] : []),
    ...sections.flatMap((section) => outlineLines(section as Map, 0)),
  ]
}

function outlineLines(section: Map, depth: number): readonly string[] {
  const {
    heading: name,
    required,
    repeat,
    children,
  } = section as {heading?: Json; required?: Json; repeat?: Json; children?: readonly Json[]}
  const mark =
    repeat !== undefined && repeat !== null
      ? ' …'
      : required === false
        ? '?'
        : typeof required === 'object'
          ? ' (when it applies)'
          : ''
  return [
    `${'  '.repeat(depth)}${String(name)}${mark}`,
    ...(children ?? []).flatMap((child) => outlineLines(child as Map, depth + 1)),
  ]
}
