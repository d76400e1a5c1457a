import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

const fence = '\n```hbs\n{{yield}}\n```\n'
const note = (placeholders: readonly string[]): Parameters<typeof typeFrom>[0] => ({
  name: 'note',
  outline: {sections: ['Use']},
  template: {placeholders},
})

test('a mark in a sentence of the template is part of that sentence', () => {
  const template = {guidance: ['What is still TBD?']}
  const document = '# Note\n\n## Use\n\nWhat is\nstill TBD? The colour is TBD.\n'
  const found = findingsOf(document, rules, typeFrom({name: 'note', outline: {sections: ['Use']}, template}))
  expect(found.map(({ruleId, start, end}) => [ruleId, document.slice(start, end)])).toEqual([
    ['no-template-guidance', 'What is\nstill TBD?'],
    ['no-placeholder', 'TBD'],
  ])
})

test.for([
  {about: 'a document on such a syntax', text: `Render {{input}}.\n${fence}`, tokens: ['[Name]'], found: []},
  {about: 'capitals', text: `Render {{INPUT}}.\n${fence}`, tokens: ['[Name]'], found: ['{{INPUT}}']},
  {about: 'a template with braces', text: `Render {{input}}.\n${fence}`, tokens: ['{{who}}'], found: ['{{input}}']},
  {about: 'no code', text: 'Render {{input}}.\n', tokens: ['[Name]'], found: ['{{input}}']},
  {about: 'a name in code', text: 'Render `{{or}}` beside {{and}}.\n', tokens: ['[Name]'], found: []},
  {about: 'a name in code, in capitals', text: 'Render `{{OR}}`.\n', tokens: [], found: ['{{OR}}']},
  {
    about: 'what is to be named',
    text: 'Ask <team>, <your team> or <feature-name>.\n',
    tokens: [],
    found: ['<team>', '<your team>', '<feature-name>'],
  },
  {about: 'what the text is about', text: 'Compare <arg1> with <unknown>, beside <style>.\n', tokens: [], found: []},
  {about: 'a token of the template', text: 'Compare <arg1>.\n', tokens: ['<arg1>'], found: ['<arg1>']},
  {about: 'a workflow', text: 'Render {{input}}.\n\n```yaml\na: ${{ b }}\n```\n', tokens: [], found: ['{{input}}']},
])('$about', ({text, tokens, found}) => {
  const document = `# Note\n\n## Use\n\n${text}`
  const findings = findingsOf(document, rules, typeFrom(note(tokens))).filter(({ruleId}) => ruleId === 'no-placeholder')
  expect(findings.map(({start, end}) => document.slice(start, end))).toEqual(found)
})
