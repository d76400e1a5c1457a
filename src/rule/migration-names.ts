import type {CodeBlock, Field, Section, SpecDocument, Text} from '../document/types.ts'
import {migrationName} from '../sql/migrations/names.ts'
import {migrationTool, migrationTools} from '../sql/migrations/tools.ts'
import type {BoundDocument} from '../type/types.ts'
import type {MigrationFolder} from './types.ts'

const labels = /^(?:migration(?: file)?(?: name)?|migration name|file ?name|file|name|example|create migration file)$/i
const likely =
  /(?<![\w./-])(?:[\w.-]+\/)*(?:migration_)?\d{4,17}[_-][A-Za-z][\w-]*(?:\.[a-z]+)*(?:(?=\/migration\.sql)|(?![\w/]))/gu
const below = /migrations\/([\w-]*[A-Za-z][\w-]*_[\w-]+(?:\.[a-z]+)*|[a-z][\w-]*\.(?:up|down)\.sql)\/?(?![\w/])/gi

/**
 * The migrations that the document's migration sections name, each once; placeholders are none. With the project's folder of
 * migrations, words in backquotes count that have the form of its tool or stand in it.
 */
export function migrationNames(
  document: SpecDocument,
  type: BoundDocument,
  folder: MigrationFolder | undefined,
): readonly Text[] {
  const before = known.get(type)
  if (before && before.folder === folder) return before.names
  const names = readNames(document, type, folder)
  known.set(type, {folder, names})
  return names
}

interface Known {
  readonly folder: MigrationFolder | undefined
  readonly names: readonly Text[]
}

const known = new WeakMap<BoundDocument, Known>()

function readNames(document: SpecDocument, type: BoundDocument, folder: MigrationFolder | undefined): readonly Text[] {
  const isFlyway = migrationTools.flyway.word.test(document.text)
  const seen = new Set<number>()
  return type
    .withRole('migration')
    .flatMap((section) => [
      ...namesIn(section, document.text, isFlyway),
      ...(folder ? ofTool(section, document.text, folder) : []),
    ])
    .filter((name) => {
      const isHole =
        document.placeholders.some(({start, end, shape}) => shape !== 'date' && start < name.end && end > name.start) ||
        /Y{4}|\[|\{\{|</u.test(name.text)
      if (seen.has(name.start) || isHole) return false
      seen.add(name.start)
      return true
    })
}

const stamped = /(?<![\w./-])\d{14}_[a-z]\w*(?:\.[a-z]+)*(?![\w/])/gu

/** Words of code anywhere in the document that are fourteen digits and a name, as many tools have them. */
export function stampedNames({text, placeholders}: SpecDocument): readonly Text[] {
  return [...text.matchAll(/`([^`\n]{16,300})`/gu)]
    .flatMap((match) =>
      [...(match[1] ?? '').matchAll(stamped)].map((one) => {
        const start = match.index + 1 + one.index
        return {start, end: start + one[0].length, text: one[0]}
      }),
    )
    .filter(({start, end}) => !placeholders.some((one) => one.start < end && one.end > start))
}

/** What stands for a migration's name in a section: labelled values, and words of code that look like one. */
function namesIn(section: Section, text: string, isFlyway: boolean): readonly Text[] {
  const fields = (list: readonly Field[]): readonly Field[] => list.flatMap((field) => [field, ...fields(field.fields)])
  const labelled = fields(section.fields)
    .filter(({label}) => labels.test(label.text))
    .flatMap(({value}): readonly Text[] => {
      const match = /`([^`\s]+)`/u.exec(text.slice(value.start, value.end))
      if (!match?.[1]) return []
      const start = value.start + match.index + 1
      return [{start, end: start + match[1].length, text: match[1]}]
    })
    .filter((name) => /[_-]/u.test(name.text))
  const source = text.slice(section.start, section.end)
  const inline = [...source.matchAll(/`([^`\n]+)`/gu)].flatMap((match) => {
    const start = section.start + match.index + 1
    return [...within(match[1] ?? '', start), ...(isFlyway ? ofFlyway(match[1] ?? '', start) : [])]
  })
  const coded = section.codes.flatMap((code) => inCode(code))
  return [...labelled, ...inline, ...coded].toSorted((a, b) => a.start - b.start)
}

function ofTool(section: Section, text: string, {tool, names}: MigrationFolder): readonly Text[] {
  const form = tool === 'liquibase' ? undefined : migrationTool(tool)?.pattern
  const there = new Set(names)
  return [...text.slice(section.start, section.end).matchAll(/`([^`\s]{1,300})`/gu)].flatMap(
    (match): readonly Text[] => {
      const word = match[1] ?? ''
      const name = migrationName(word)
      const isOne = there.has(name) || (form?.test(name) === true && /\d/u.test(name) && /\p{L}{2}/u.test(name))
      const start = section.start + match.index + 1
      return isOne ? [{start, end: start + word.length, text: word}] : []
    },
  )
}

/** `V12__create_orders.sql`, also with one underscore, or without a number. */
function ofFlyway(code: string, offset: number): readonly Text[] {
  return [...code.matchAll(/(?<![\w./-])(?:[\w.-]{1,60}\/){0,8}[VUR]\d*(?:[._]\d+){0,4}_+[A-Za-z]\w*\.sql\b/gu)].map(
    (match) => ({start: offset + match.index, end: offset + match.index + match[0].length, text: match[0]}),
  )
}

function within(code: string, offset: number): readonly Text[] {
  const plain = [...code.matchAll(likely)].map((match) => ({
    start: offset + match.index,
    end: offset + match.index + match[0].length,
    text: match[0],
  }))
  const path = [...code.matchAll(below)].flatMap((match): readonly Text[] => {
    const name = match[1] ?? ''
    const start = offset + match.index + match[0].indexOf(name)
    return plain.some((other) => start < other.end && start + name.length > other.start)
      ? []
      : [{start, end: start + name.length, text: name}]
  })
  return [...plain, ...path]
}

function inCode(code: CodeBlock): readonly Text[] {
  if (code.language === 'sql' || code.language === 'json') return []
  return within(code.value, 0).map(({start, text}) => ({
    start: code.offsetAt(start),
    end: code.offsetAt(start) + text.length,
    text,
  }))
}
