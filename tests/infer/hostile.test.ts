import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {SpecDocument} from '../../src/document/types.ts'
import {inferFrom} from '../../src/infer/corpus/corpus.ts'
import {factsOf} from '../../src/infer/corpus/facts.ts'
import {inferType} from '../../src/infer/infer.ts'

// Four times as much takes four times as long, and not sixteen. The document is read outside of what is measured.

const few = 2000
const many = 8000

const shapes: readonly (readonly [string, (count: number) => string])[] = [
  ['headings', (count) => lines(count, (index) => `## Section ${index} of [Name]\n\n[text]\n`)],
  ['like headings', (count) => lines(count, (index) => `## Story ${index}\n\n[text]\n`)],
  ['tasks', (count) => `## Tasks\n\n${lines(count, (index) => `- [ ] Write part ${index} [of what]`)}`],
  ['steps', (count) => `## Steps\n\n${lines(count, (index) => `1. **Step ${index}:** [what]`)}`],
  [
    'tables',
    (count) =>
      `## Tables\n\n${lines(count / 10, (index) => `| A${index} | B (H/M/L) |\n| --- | --- |\n| [a] | H |\n`)}`,
  ],
  ['rows', (count) => `## Table\n\n| A | B (H/M/L) |\n| --- | --- |\n${lines(count, () => '| [a] | H |')}`],
  ['ids', (count) => `## Requirements\n\n${lines(count, (index) => `- **FR-${index}**: [what]`)}`],
  ['labels', (count) => `## Labels\n\n${lines(count, (index) => `- Label ${index}: [value]`)}`],
  ['fences', (count) => `## Code\n\n${lines(count / 4, () => '```sql\n-- Describe [it] here.\nSELECT ...;\n```\n')}`],
  ['sentences', (count) => `## Words\n\n${lines(count, (index) => `Describe what you need ${index} times.`)}`],
  ['open brackets', (count) => `# ${'['.repeat(count)}\n\n## A ${'[a '.repeat(count)}\n\n${'{{'.repeat(count)}\n`],
  ['nested tokens', (count) => `## ${'[a '.repeat(count)}${']'.repeat(count)}\n\n[text]\n`],
  ['a very long heading', (count) => `# ${'Name – [x] '.repeat(count)}\n\n## ${'word '.repeat(count)}\n\n[text]\n`],
  ['a very long menu', (count) => `**Status**: ${'Draft | '.repeat(count)}Done\n\n## A\n\n[text]\n`],
]

function lines(count: number, line: (index: number) => string): string {
  return `${Array.from({length: count}, (_, index) => line(index)).join('\n')}\n`
}

function best(work: () => unknown): number {
  return Math.min(
    ...[0, 1, 2].map(() => {
      const started = process.cpuUsage().user
      work()
      return (process.cpuUsage().user - started) / 1000
    }),
  )
}

/** Below it the clock says more of the machine than of the work. */
const noise = 60

describe.for(shapes)('%s', ([, make]) => {
  const documents = [few, many].map((count): SpecDocument => readDocument(make(count)))

  test('a type from a template takes time linear in it', {timeout: 60_000}, () => {
    const [short = 0, long = 0] = documents.map((document) => best(() => inferType(document, 'hostile')))
    expect(long).toBeLessThan(short * 8 + noise)
  })

  test('and one from documents, too', {timeout: 60_000}, () => {
    const [short = 0, long = 0] = documents.map((document) =>
      best(() => inferFrom([document, document, document].map(factsOf), 'hostile', 0.95)),
    )
    expect(long).toBeLessThan(short * 8 + noise)
  })
})

test('one from many documents takes time linear in their number', {timeout: 60_000}, () => {
  const facts = factsOf(
    readDocument(`# RFC 1: Name\n\n${lines(40, (index) => `## Part ${index} and more\n\nText.\n`)}`),
  )
  const [short = 0, long = 0] = [500, 2000].map((count) =>
    best(() =>
      inferFrom(
        Array.from({length: count}, () => facts),
        'hostile',
        0.95,
      ),
    ),
  )
  expect(long).toBeLessThan(short * 8 + noise)
})
