import {defineRule} from 'spec-lint/rule'
import {expect, expectTypeOf, test} from 'vitest'

test('options and the slots of messages are inferred', () => {
  const rule = defineRule({
    id: 'x',
    category: 'structure',
    severity: 'warning',
    since: '0.1.0',
    docs: {summary: '', why: '', remedy: ''},
    options: {
      max: {type: 'integer', default: 3, description: ''},
      style: {type: 'string', enum: ['a', 'b'], default: 'a', description: ''},
    },
    messages: {
      plain: {reason: 'nothing', note: 'Write something.'},
      slotted: {reason: '{a} is odd', note: 'Write {b}.'},
    },
    check({options, report}) {
      const at = {start: 0, end: 0}
      expectTypeOf(options.max).toEqualTypeOf<number>()
      expectTypeOf(options.style).toEqualTypeOf<'a' | 'b'>()
      report.plain(at)
      report.slotted(at, {a: 1, b: 'x'})
      // @ts-expect-error: no such message.
      report.nope(at)
      // @ts-expect-error: slot `b`, which stands in the note, is missing.
      report.slotted(at, {a: 1})
      // @ts-expect-error: no such slot.
      report.slotted(at, {a: 1, b: 2, c: 3})
      // @ts-expect-error: no such option.
      void options.min
    },
  })
  expect(rule.id).toBe('x')
})
