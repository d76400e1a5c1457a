import {expect, test} from 'vitest'
import {loadPrismaParser} from '../../src/sql/parsers/prisma.ts'

const parse = await loadPrismaParser()

test.for([
  ['ASCII', 'a'],
  ['two bytes', 'é'],
  ['three bytes', '\u2028'],
  ['two units', '🚲'],
])('faults stand where they are behind %s', ([, word]) => {
  const text = `// ${word}\nmodel Door {\n  id Int @id @map("${word}")\n  wall Wall\n}\n`
  expect(parse(text)?.map(({start, end}) => text.slice(start, end))).toEqual(['Wall'])
})
