import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {applyFixes} from '../../src/lint/fix.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

const type = typeFrom({
  name: 'note',
  title: 'Note',
  description: 'A small type.',
  outline: {sections: ['Context']},
  template: {guidance: ['How to reverse if needed', 'What does this solve?', '(e.g., PostgreSQL 16+)']},
})
const own = rules.filter(({id}) => id === 'no-template-guidance')

test.for([
  ['alone', 'One.\n\nHow to reverse if needed\n\nTwo.', 'One.\n\nTwo.'],
  ['with a full stop', 'One.\n\nHow to reverse if needed.\n\nTwo.', 'One.\n\nTwo.'],
  ['in emphasis', 'One.\n\n**What does this solve?**\n\nTwo.', 'One.\n\nTwo.'],
  ['before an answer', 'What does this solve? Two halls.', 'Two halls.'],
  ['behind a sentence', 'Two halls. How to reverse if needed. By hand.', 'Two halls. By hand.'],
  ['in parentheses behind a word', 'PostgreSQL (How to reverse if needed), by hand.', 'PostgreSQL, by hand.'],
  ['with parentheses of its own', '**Database**: MySQL (e.g., PostgreSQL 16+)', '**Database**: MySQL'],
  ['as a task', '- [ ] How to reverse if needed\n- [ ] Rent', '- [ ] Rent'],
  ['as an item', '1. How to reverse if needed.\n2. Rent', '2. Rent'],
  ['behind a label', '**Rollback:** How to reverse if needed', '**Rollback:**'],
  ['in a cell', '| A | B |\n| --- | --- |\n| How to reverse if needed | x |', '| A | B |\n| --- | --- |\n| | x |'],
  ['as a comment', '```sql\n-- How to reverse if needed\nDROP TABLE a;\n```', '```sql\nDROP TABLE a;\n```'],
  ['as a comment behind', '```sql\nDROP TABLE a; -- How to reverse if needed\n```', '```sql\nDROP TABLE a;\n```'],
])('the words of the template %s', ([, words, expected]) => {
  for (const eol of ['\n', '\r\n']) {
    const text = `# T\n\n## Context\n\n${words}\n`.replaceAll('\n', eol)
    const fixed = applyFixes(text, findingsOf(text, own, type), {unsafe: true}).text
    expect(fixed).toBe(`# T\n\n## Context\n\n${expected}\n`.replaceAll('\n', eol))
  }
})

test.for([
  ['in a heading', '### How to reverse if needed\n\nBy hand.'],
  ["in the author's sentence", 'They asked how, How to reverse if needed, and why.'],
  ['as a label', 'How to reverse if needed: by hand.'],
])('no fix takes the words of the template out %s', ([, words]) => {
  const findings = findingsOf(`# T\n\n## Context\n\n${words}\n`, own, type)
  expect(findings.map(({reason, fix}) => [reason, fix])).toEqual([
    ["The template's own words `How to reverse if needed` are left", undefined],
  ])
})
