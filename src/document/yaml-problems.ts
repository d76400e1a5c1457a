import {isAlias, visit} from 'yaml'
import type {parseDocument, YAMLError} from 'yaml'
import type {MetadataEntry, SyntaxProblem} from './types.ts'

export const mostProblems = 20
const longestLine = 200

export function hazards(
  document: ReturnType<typeof parseDocument>,
  source: string,
  at: (offset: number) => number,
): readonly SyntaxProblem[] {
  const found: SyntaxProblem[] = []
  const directive = /^%.*$/mu.exec(source)
  if (directive)
    found.push({
      start: at(directive.index),
      end: at(directive.index + directive[0].length),
      code: 'directive',
      message: 'A YAML directive has no place in front matter',
      help: 'Delete the line.',
    })
  visit(document, {
    Node(_, node) {
      if (found.length >= mostProblems) return visit.BREAK
      const [start = 0, end = 0] = node.range ?? []
      if (isAlias(node) || ('anchor' in node && node.anchor))
        found.push({
          start: at(start),
          end: at(end),
          code: 'alias',
          message: 'YAML anchors and aliases are not read in front matter',
          help: 'Write the value out.',
        })
      else if (node.tag !== undefined)
        found.push({
          start: at(start),
          end: at(end),
          code: 'tag',
          message: `The YAML tag ${node.tag} is not read in front matter`,
          help: 'Delete the tag.',
        })
      return undefined
    },
  })
  return found
}

export function explain(error: YAMLError, source: string, at: (offset: number) => number): SyntaxProblem {
  const [start] = error.pos
  const lineStart = source.lastIndexOf('\n', Math.max(0, start - 1)) + 1
  const lineEnd = source.indexOf('\n', start) < 0 ? source.length : source.indexOf('\n', start)
  // The expressions below try every colon and every space of a line: they are for lines that someone wrote.
  const line = source.slice(lineStart, Math.min(lineEnd, lineStart + longestLine)).replace(/\r$/u, '')
  const reserved = /^(\s*[^:#]+:\s+)([@`%].*?)\s*(?:#.*)?$/u.exec(line)
  if (reserved) {
    const from = lineStart + (reserved[1]?.length ?? 0)
    const value = reserved[2] ?? ''
    return {
      start: at(from),
      end: at(from + value.length),
      code: 'yaml',
      message: `\`${value}\` begins with \`${value[0]}\`, which YAML reserves`,
      help: `Put the value in quotes: \`"${value}"\`.`,
    }
  }
  const colon = /^(\s*[^:#'"[\]{}]+:\s+)([^'"[\]{}#].*:\s.*?)\s*$/u.exec(line)
  if (colon) {
    const from = lineStart + (colon[1]?.length ?? 0)
    const value = colon[2] ?? ''
    return {
      start: at(from),
      end: at(from + value.length),
      code: 'yaml',
      message: `\`${value}\` holds a colon, which begins a new key in YAML`,
      help: `Put the value in quotes: \`"${value}"\`.`,
    }
  }
  if (line.startsWith('\t'))
    return {
      start: at(lineStart),
      end: at(lineStart + 1),
      code: 'yaml',
      message: 'A tab indents this line, which YAML does not allow',
      help: 'Indent with spaces.',
    }
  // What it quotes is as JSON has it.
  const words = error.message.split('\n', 1)[0]?.replaceAll('\\r\\n', '\\n').replace(/\.$/u, '') ?? 'not YAML'
  return {
    start: at(lineStart),
    end: at(lineEnd),
    code: 'yaml',
    message: `Front matter is not YAML: ${words}`,
    help: 'Write `key: value`; put a value with special characters in quotes.',
  }
}

export function duplicates(entries: readonly MetadataEntry[], text: string): readonly SyntaxProblem[] {
  const first = new Map<string, MetadataEntry>()
  return entries.flatMap((entry) => {
    const earlier = first.get(entry.key.text)
    if (!earlier) {
      first.set(entry.key.text, entry)
      return []
    }
    const line = text.slice(0, earlier.start).split(/\r\n|\n|\r/u).length
    return [
      {
        start: entry.key.start,
        end: entry.key.end,
        code: 'duplicate-key' as const,
        message: `\`${entry.key.text}\` is already set on line ${line}`,
        help: 'Keep one of the two lines.',
      },
    ]
  })
}
