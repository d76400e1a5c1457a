import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {formed, nearId, partsOf} from '../../src/type/id-form.ts'
import {bind} from '../../src/type/bind.ts'
import type {IdSpec, SpecType} from '../../src/type/types.ts'
import {typeFrom} from '../support/lint.ts'

const kind = (prefix: string, form: string): IdSpec => ({prefix, form, name: 'requirement', in: [], coveredBy: []})
const fr = kind('FR', 'FR-{n}')
const numbered = kind('FR', 'FR{prd}.{n}')

describe('the form of an identifier', () => {
  test.for([
    ['FR-7', fr, [7]],
    ['FR-007', fr, [7]],
    ['FR-7.2', fr, [7, 2]],
    ['FR7', fr, undefined],
    ['FR3.1', numbered, [3, 1]],
    ['FR3.1.4', numbered, [3, 1, 4]],
    ['FR3', numbered, undefined],
  ] as const)('%s', ([id, spec, parts]) => expect(partsOf(id, spec)).toEqual(parts))

  test('what is formed is read again', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(999), (a, b) => {
        expect(partsOf(formed(numbered, [a, b]), numbered)).toEqual([a, b])
        expect(partsOf(formed(fr, [a], 'FR-001'), fr)).toEqual([a])
      }),
    )
  })

  test.for([
    ['FR_2: Pay', 4, [2]],
    ['Fr-2 – Pay', 4, [2]],
    ['FR 2 Pay', 4, [2]],
    ['FR-2a: Pay', 5, [2]],
    ['RFR-2: Pay', 5, [2]],
    ['FR: Pay', 2, []],
    ['From 2 to 3', undefined, undefined],
    ['UC-2: Pay', undefined, undefined],
    ['Pay', undefined, undefined],
  ] as const)('%s is nearly one', ([text, length, numbers]) => {
    const near = nearId(text, fr, ['FR', 'UC'])
    expect([near?.length, near?.numbers]).toEqual([length, numbers])
  })
})

const type: SpecType = typeFrom({
  name: 'brief',
  outline: {
    sections: [
      {heading: 'Requirements'},
      {heading: 'Use Cases', required: false},
      {heading: 'Acceptance', role: 'acceptance', required: false},
    ],
  },
  ids: [
    {
      prefix: 'FR',
      name: 'functional requirement',
      form: 'FR-{n}',
      in: ['requirements'],
      coveredBy: [
        {role: 'acceptance', name: 'criterion'},
        {ids: 'UC', name: 'use case'},
      ],
    },
    {prefix: 'NFR', name: 'non-functional requirement', form: 'NFR-{n}', in: ['requirements']},
    {
      prefix: 'UC',
      name: 'use case',
      form: 'UC-{n}',
      in: ['use-cases'],
      coveredBy: [{role: 'acceptance', name: 'criterion'}],
    },
  ],
})
const head = '# T\n\n## Requirements\n\n**FR-1: A**\n\n**FR-2: B**\n\n**FR-3: C**\n\n'
const uses = '## Use Cases\n\n1. **UC-1: X**\n   - Flow: then FR-2\n\n'
const bound = (text: string) => bind(readDocument(text), type, new Set()).ids

describe('who names whom', () => {
  test.for([
    ['each by itself', '- [ ] FR-1 ok\n- [ ] FR-3 ok\n', ['criterion', 'use case UC-1', 'criterion']],
    ['a range', '- [ ] FR-1 through FR-3\n', ['criterion', 'criterion,use case UC-1', 'criterion']],
    ['an open range', '- [ ] FR-2 to FR-N\n', ['', 'criterion,use case UC-1', 'criterion']],
    [
      'all of the kind',
      '- [ ] All functional requirements met\n',
      ['criterion', 'use case UC-1,criterion', 'criterion'],
    ],
    ['all requirements', '- [ ] All requirements met\n', ['criterion', 'use case UC-1,criterion', 'criterion']],
    ['all of another kind', '- [ ] All non-functional requirements met\n', ['', 'use case UC-1', '']],
    [
      '"all" with a list is the list',
      '- [ ] All requirements (FR-1, FR-3) met\n',
      ['criterion', 'use case UC-1', 'criterion'],
    ],
    ['a part speaks for the whole', '- [ ] FR-1.2 ok\n', ['criterion', 'use case UC-1', '']],
    ['nobody', '- [ ] It works\n', ['', 'use case UC-1', '']],
  ] as const)('%s', ([, criteria, expected]) => {
    const [requirements] = bound(`${head}${uses}## Acceptance\n\n${criteria}`)
    const found = requirements?.definitions.map(({coveredBy}) =>
      coveredBy.map(({spec, by}) => (by === undefined ? spec.name : `${spec.name} ${by}`)).join(','),
    )
    expect(found).toEqual(expected)
  })
})

describe('what is a definition', () => {
  test('headings, labels, items and cells of the section; a table elsewhere only names', () => {
    const matrix = '## Acceptance\n\n| FR | UC |\n| - | - |\n| FR-9 | UC-1 |\n\n- FR-8: works\n'
    const [requirements] = bound(head + matrix)
    expect(requirements?.definitions.map(({item}) => item.id)).toEqual(['FR-1', 'FR-2', 'FR-3'])
  })

  test('without the section, whatever stands outside of those that name', () => {
    const [requirements] = bound('# T\n\n## Needs\n\n- **FR-1**: a\n\n## Acceptance\n\n- **FR-2**: b\n')
    expect(requirements?.definitions.map(({item}) => item.id)).toEqual(['FR-1'])
  })

  test('an extent reaches to the next one', () => {
    const text = `${head}${uses}1. **UC-2: Y**\n   - Flow: FR-3\n`
    const [, , cases] = bound(text)
    expect(
      cases?.definitions.map(({extent}) => text.slice(extent.start, extent.end).trim().split('\n').length),
    ).toEqual([2, 2])
  })
})

test('thousands of identifiers and mentions are bound in the blink of an eye', () => {
  const ids = Array.from({length: 1500}, (_, index) => `**FR-${index + 1}: A**\n\n`).join('')
  const mentions = Array.from({length: 1500}, (_, index) => `- [ ] FR-${index + 1} ok\n`).join('')
  const [requirements] = bound(`# T\n\n## Requirements\n\n${ids}## Acceptance\n\n${mentions}`)
  expect(requirements?.definitions.every(({coveredBy}) => coveredBy.length === 1)).toBe(true)
  expect(requirements?.problems).toEqual([])
})
