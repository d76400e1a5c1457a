import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

const fence = '\n```hbs\n{{yield}}\n```\n'
const note = (placeholders: readonly string[]): Parameters<typeof typeFrom>[0] => ({
  name: 'note',
  outline: {sections: ['Use']},
  template: {placeholders},
})

test.for([
  {about: 'a document on such a syntax', text: `Render {{input}}.\n${fence}`, tokens: ['[Name]'], found: []},
  {about: 'capitals', text: `Render {{INPUT}}.\n${fence}`, tokens: ['[Name]'], found: ['{{INPUT}}']},
  {about: 'a template with braces', text: `Render {{input}}.\n${fence}`, tokens: ['{{who}}'], found: ['{{input}}']},
  {about: 'no code', text: 'Render {{input}}.\n', tokens: ['[Name]'], found: ['{{input}}']},
  {about: 'a workflow', text: 'Render {{input}}.\n\n```yaml\na: ${{ b }}\n```\n', tokens: [], found: ['{{input}}']},
])('$about', ({text, tokens, found}) => {
  const document = `# Note\n\n## Use\n\n${text}`
  const findings = findingsOf(document, rules, typeFrom(note(tokens))).filter(({ruleId}) => ruleId === 'no-placeholder')
  expect(findings.map(({start, end}) => document.slice(start, end))).toEqual(found)
})
