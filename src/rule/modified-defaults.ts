/** Defaults that MySQL's MODIFY writes anew with the type, and that the words on the column give otherwise. */
import {lastBefore} from '../sql/documented/stretch.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, OperationOf} from '../sql/model.ts'
import type {Span, SpecDocument, Text} from '../document/types.ts'
import {defaultsAgree, isNoDefault} from './creations.ts'
import {halvesOf} from './halves.ts'
import {isOfSchema} from './saying-faults.ts'
import {ofKind} from './schema.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'

export interface ModifiedDefault {
  readonly column: Name
  readonly described: Text
  readonly actual: Text
}

interface Facts {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}

export function modifiedDefaults(facts: Facts): readonly ModifiedDefault[] {
  const {document, type} = facts
  const {up, down} = halvesOf(facts)
  return [...ofKind(up, 'alter-type'), ...ofKind(down, 'alter-type')].flatMap((one): readonly ModifiedDefault[] => {
    const actual = one.statement.dialect === 'mysql' && !one.statement.template ? defaultOf(one) : undefined
    if (!actual || isNoDefault(actual.text)) return []
    const told = linesOn(one, document)
      .filter(({start}) => isOfSchema(start, type))
      .flatMap((line) => defaultsIn(line, document))
    const [described] = told
    // Where it changes, the words have two.
    const isOne = told.every(({text}) => text.toLowerCase() === described?.text.toLowerCase())
    return described && isOne && !defaultsAgree(described.text, actual.text)
      ? [{column: one.column, described, actual}]
      : []
  })
}

function defaultOf({start, end, statement}: OperationOf<'alter-type'>): Text | undefined {
  const text = statement.text.slice(start - statement.start, end - statement.start)
  const match = /\bDEFAULT\s+('[^']*'|[\w.-]+)/diu.exec(text)
  const range = match?.indices?.[1]
  return range ? {start: start + range[0], end: start + range[1], text: match?.[1] ?? ''} : undefined
}

/** The lines outside of code that have the name of the column, and of its table if another table has such a column. */
function linesOn({table, column}: OperationOf<'alter-type'>, {text, codes, source}: SpecDocument): readonly Span[] {
  const own = lastPart(column)
  const all = [
    ...text.matchAll(new RegExp(String.raw`\x60(?:\w{1,63}\.)?${escaped(own)}\x60|\|\s*${escaped(own)}\s*\|`, 'giu')),
  ]
  const lines = new Map(
    all.flatMap(({index}) => {
      const line = source.lineSpan(source.lineOf(index))
      const fence = lastBefore(codes, index)
      return fence && index < fence.end ? [] : [[line.start, line] as const]
    }),
  )
  const telling = [...lines.values()].filter(({start, end}) => /\bdefault/iu.test(text.slice(start, end)))
  const named = telling.filter(({start, end}) => hasWord(text.slice(start, end), lastPart(table)))
  return named.length > 0 ? named : telling.length === 1 ? telling : []
}

const told = /\bdefaults?\b(?:\s+(?:to|is|of|value|stays|remains))*\s*[:=]?\s*[`'"(]{0,3}([A-Za-z0-9][\w.-]{0,39})/dgiu
const noValue =
  /^(?:and|or|stays?|remains?|is|the|a|an|none|null|for|of|in|on|by|to|value|now|current\w*|with|which|that|unchanged)$/i

function defaultsIn({start, end}: Span, {text}: SpecDocument): readonly Text[] {
  return [...text.slice(start, end).matchAll(told)].flatMap((match) => {
    const range = match.indices?.[1]
    const [, value = ''] = match
    return range && !noValue.test(value) ? [{start: start + range[0], end: start + range[1], text: value}] : []
  })
}

function escaped(name: string): string {
  return name.replaceAll(/\W/gu, String.raw`\$&`)
}

function hasWord(line: string, word: string): boolean {
  return new RegExp(String.raw`\b${escaped(word)}\b`, 'iu').test(line)
}
