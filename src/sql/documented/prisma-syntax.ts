import {distance} from 'fastest-levenshtein'
import type {CodeBlock, Span, SpecDocument} from '../../document/types.ts'
import type {PrismaFault, PrismaParser} from '../parsers/prisma.ts'
import {hasHole} from '../holes.ts'
import {missingFields} from './prisma-fields.ts'

/** What is wrong in a `prisma` fence, whatever the models are that it doesn't show. */
export interface PrismaProblem extends Span {
  /** One line without full stop. */
  readonly message: string
}

/** What goes beyond isn't given to the parser, whose time is then no longer that of the length. */
const mostCharacters = 200_000
const longestLine = 2000
const mostNesting = 100
const scalars = ['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes'] as const
const keywords = ['model', 'enum', 'view', 'type', 'datasource', 'generator'] as const
const attributes = [
  'id',
  'unique',
  'default',
  'relation',
  'map',
  'updatedAt',
  'ignore',
  'db',
  'index',
  'fulltext',
] as const

export function isPrisma({language}: CodeBlock): boolean {
  return language === 'prisma'
}

/** Errors of grammar: a schema's missing parts, such as its source or the other side of a relation, are none. */
export function prismaProblems(document: SpecDocument, parse: PrismaParser): readonly PrismaProblem[] {
  const known = new Set(
    document.codes
      .filter(isPrisma)
      .flatMap(({value}) =>
        [...value.matchAll(/^[ \t]*(?:model|enum|view|type)[ \t]+(\w+)/gmu)].map(([, name = '']) => name),
      ),
  )
  const codes = document.codes.filter((code) => isPrisma(code) && isReadable(code.value) && isSchema(code.value))
  const refused = codes.flatMap((code) => inCode(code, parse(code.value) ?? [], known))
  return [...refused, ...missingFields(codes, refused)].toSorted((a, b) => a.start - b.start)
}

function isReadable(text: string): boolean {
  if (text.length > mostCharacters) return false
  if (text.split('\n').some((line) => line.length > longestLine)) return false
  let depth = 0
  for (const [mark] of text.matchAll(/[()[\]{}]/gu)) {
    depth = '([{'.includes(mark) ? depth + 1 : Math.max(0, depth - 1)
    if (depth > mostNesting) return false
  }
  return true
}

/** Fields alone, without the model around them, are a part of one. */
function isSchema(text: string): boolean {
  return /^[ \t]*\w+[ \t]+\w+[ \t]*\{/mu.test(text)
}

function inCode(code: CodeBlock, faults: readonly PrismaFault[], known: ReadonlySet<string>): readonly PrismaProblem[] {
  const problems: PrismaProblem[] = []
  for (const fault of faults) {
    const found = wordsOf(fault, code.value, known)
    if (!found) continue
    const {start, end, message} = found
    problems.push({message, start: code.offsetAt(start), end: code.offsetAt(Math.max(start, end - 1)) + 1})
    // What follows a block that isn't read as one says the same again.
    if (found.fatal) break
  }
  return problems
}

interface Found extends PrismaProblem {
  readonly fatal: boolean
}

function wordsOf({start, end, message}: PrismaFault, text: string, known: ReadonlySet<string>): Found | undefined {
  const written = text.slice(start, end)
  const from = start + (/^\s*/u.exec(written)?.[0].length ?? 0)
  const line = /^[^\r\n]*/u.exec(text.slice(from))?.[0].trimEnd() ?? ''
  if (isElided(line)) return undefined
  if (message.includes('not a valid field or attribute'))
    return {
      start: from,
      end: from + line.length,
      message: `\`${short(line)}\` is no field, attribute or value`,
      fatal: false,
    }
  if (message.includes('does not start with any known Prisma')) return blockWords(from, line, text)
  const attribute = /^Attribute not known: "@+([\w.]+)"/u.exec(message)?.[1]
  if (attribute !== undefined) {
    const near = nearest(attribute, attributes)
    const words = near === undefined ? '' : `; \`@${near}\` is`
    return {start, end, message: `\`@${attribute}\` is no attribute of Prisma${words}`, fatal: false}
  }
  const type = /^Type "(\w+)" is neither/u.exec(message)?.[1]
  const near = type === undefined || known.has(type) ? undefined : nearest(type, scalars)
  if (type === undefined || near === undefined) return undefined
  return {start, end, message: `\`${type}\` is no type of Prisma; \`${near}\` is`, fatal: false}
}

/** A block that isn't closed, or that begins with another word. */
function blockWords(from: number, line: string, text: string): Found | undefined {
  const [word = ''] = /^\w*/u.exec(line) ?? []
  const isBlock = /^\w+[ \t]+\w+[ \t]*\{/u.test(line)
  if ((keywords as readonly string[]).includes(word) && isBlock) {
    const opening = from + line.indexOf('{')
    const isOpen = !text.slice(opening).includes('}')
    if (isOpen)
      return {start: from, end: from + line.length, message: `\`${short(line)}\` isn't closed by \`}\``, fatal: true}
    return {start: from, end: from + line.length, message: `\`${short(line)}\` isn't how a block begins`, fatal: true}
  }
  const near = isBlock ? nearest(word, keywords) : undefined
  if (near !== undefined)
    return {
      start: from,
      end: from + word.length,
      message: `\`${word}\` begins no block of Prisma; \`${near}\` does`,
      fatal: true,
    }
  return isBlock
    ? {start: from, end: from + word.length, message: `\`${word}\` begins no block of Prisma`, fatal: true}
    : undefined
}

function isElided(line: string): boolean {
  return (
    /\.{3}|…/u.test(line) || hasHole(line.replaceAll(/\[[^\]]*\]/gu, '')) || /\[[^\]]*\s[^\]]*\](?!\s*[,)])/u.test(line)
  )
}

function nearest(word: string, choices: readonly string[]): string | undefined {
  const most = word.length > 4 ? 2 : 1
  return choices.find((one) => one !== word && distance(one.toLowerCase(), word.toLowerCase()) <= most)
}

function short(text: string): string {
  const plain = text.replaceAll('`', "'")
  return plain.length > 60 ? `${[...plain].slice(0, 59).join('')}…` : plain
}
