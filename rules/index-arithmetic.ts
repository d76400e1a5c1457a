import {
  type BoundFields,
  defineRule,
  type Field,
  openIn,
  quantitiesIn,
  related,
  type SumSpec,
  type Text,
} from 'spec-lint/rule'

export default defineRule({
  id: 'index-arithmetic',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Numbers that add up to another one by the type do so: baseline + delta = target.',
    why: 'One of the three was changed and the others were not; nobody can tell which target was agreed on.',
    remedy: 'Correct the number that is wrong. The fix takes the sum for right and changes the difference.',
    exceptions:
      'Lines without a number, or with a placeholder, are left alone. Numbers are compared to the last digit written.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    sum: {
      reason: '`{sum}` is {result}, not `{value}`',
      note: '{label} is `{value}`. Write `{right}` for {last}, or correct one of the others.',
    },
  },
  check({document, type, report}) {
    const isOpen = openIn(document, type.type)
    for (const {spec, fields} of type.sections) {
      for (const sum of spec.fields?.sums ?? []) for (const bound of fields) check(sum, bound)
    }

    function check(sum: SumSpec, bound: BoundFields): void {
      const summands = sum.of.map((label) => numberOf(label, bound))
      const total = numberOf(sum.is, bound)
      const last = summands.at(-1)
      if (!total || !last || summands.some((one) => one === undefined)) return
      const known = summands.flatMap((one) => one ?? [])
      const digits = Math.max(total.digits, ...known.map((one) => one.digits))
      const result = known.reduce((all, {value}) => all + value, 0)
      if (Math.abs(result - total.value) < 0.5 * 10 ** -digits) return
      const right = signed(last.value + total.value - result, digits, last.at.text)
      report.sum(
        last.at,
        {
          sum: known
            .map(({at}, index) =>
              index === 0
                ? at.text
                : ` ${/^[+−-]/u.test(at.text) ? at.text[0] : '+'} ${at.text.replace(/^[+−-]/u, '')}`,
            )
            .join(''),
          result: result.toFixed(digits),
          value: total.at.text,
          label: sum.is,
          right,
          last: sum.of.at(-1) ?? '',
        },
        {
          expected: [right],
          ...related(total.at, 'the sum'),
          fix: {title: `Change ${last.at.text} to ${right}`, safety: 'unsafe', edits: [{...last.at, text: right}]},
        },
      )
    }

    function numberOf(label: string, {found}: BoundFields): Found | undefined {
      const field = found.find(({property}) => property === label)?.field
      return field && !isOpen(field.value, field.value.text) ? firstNumber(field) : undefined
    }

    /** The first number of a value, where it stands in the source. */
    function firstNumber({value}: Field): Found | undefined {
      const raw = document.source.slice(value)
      const [first] = quantitiesIn(raw)
      if (!first) return undefined
      const digits = /^[+−-]?[\d.,]*\d/u.exec(raw.slice(first.start))?.[0] ?? ''
      const at = {start: value.start + first.start, end: value.start + first.start + digits.length, text: digits}
      return {at, value: first.value, digits: digits.split('.')[1]?.length ?? 0}
    }
  },
})

interface Found {
  readonly at: Text
  readonly value: number
  /** Behind the point. */
  readonly digits: number
}

function signed(value: number, digits: number, sample: string): string {
  const text = value.toFixed(digits)
  return value >= 0 && sample.startsWith('+') ? `+${text}` : text
}
