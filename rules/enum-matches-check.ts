import {
  defineRule,
  type EnumFault,
  enumFaults,
  enumGroups,
  looseOutside,
  type Span,
  type SpecDocument,
  type Text,
  type ValueList,
  valuesOutside,
} from 'spec-lint/rule'

export default defineRule({
  id: 'enum-matches-check',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'An enum has the same values in the text, in the code and in the database.',
    why: 'A value that the code knows and the database refuses fails at the first row that has it.',
    remedy: 'Add the value where it is missing, or drop it where it is.',
    exceptions:
      'Lists are compared when they have one name, or when the document says which column has the enum; a column that several tables have is left alone, and so are lists with placeholders or `...` and values that differ in case alone. A CHECK that a later statement replaces does not count.',
  },
  options: {},
  messages: {
    strange: {
      reason: '`{value}` is a value of `{here}`, and `{there}` has no such value',
      note: 'Take it out, or add it on line {line}.',
    },
    lacking: {
      reason: '`{here}` lacks `{value}`, which is a value of `{there}`',
      note: 'Add the value, or take it out on line {line}.',
    },
    misspelt: {
      reason: '`{value}` is a value of `{here}`, and `{there}` has no such value',
      note: 'Write `{right}`, or add the value on line {line}.',
    },
    outside: {
      reason: '`{value}` is {what} `{column}`, and none of its values',
      note: 'Write one of {values}, or add the value to them.',
    },
  },
  check({document, schema, type, report}) {
    const groups = enumGroups(schema, document, type)
    const lists = groups.flat()
    const isElsewhere = outsideOf(lists, document)
    for (const group of groups) for (const fault of enumFaults(group, isElsewhere)) tell(fault)
    const outside = [...valuesOutside(schema, document, type), ...looseOutside(schema, document, type)]
    for (const {value, what, column, allowed} of outside) {
      const values = allowed.slice(0, 8).map((one) => `\`${one}\``)
      report.outside(unquoted(value, document), {value: value.text, what, column, values: values.join(', ')})
    }

    function tell(fault: EnumFault): void {
      const {value, list, other} = fault
      const words = {
        value: value.text,
        here: list.what,
        there: other.what,
        line: document.source.lineOf(other.start),
      }
      const related = [{start: other.start, end: other.end, message: other.what}]
      if (fault.kind === 'misspelt')
        report.misspelt(
          unquoted(value, document),
          {...words, right: fault.right.text},
          {expected: [fault.right.text], related},
        )
      else if (fault.kind === 'strange') report.strange(unquoted(value, document), words, {related})
      else report.lacking(valuesOf(list, document), words, {related})
    }
  },
})

/** The value without the quotes around it. */
function unquoted({start, end, text}: Text, document: SpecDocument): Span {
  const isQuoted = end - start === text.length + 2 && /^['"`]/u.test(document.text.slice(start, end))
  return isQuoted ? {start: start + 1, end: end - 1} : {start, end}
}

/** From the first value of a list to the last; of a declaration of several lines from its name. */
function valuesOf({values, start, end, from}: ValueList, {source}: SpecDocument): Span {
  const [first, last] = [values[0], values.at(-1)]
  if (!first || !last) return {start, end}
  const isBelow = from === 'code' && start < first.start && source.lineOf(start) < source.lineOf(first.start)
  return {start: isBelow ? start : first.start, end: last.end}
}

/** Whether a value stands somewhere else in the document, as a word. */
function outsideOf(lists: readonly ValueList[], {text}: SpecDocument): (value: string) => boolean {
  let found: {readonly rest: string; readonly words: ReadonlySet<string>} | undefined
  // A list in a list is rare: what stands between those before is outside.
  const outside = (): NonNullable<typeof found> => {
    let [rest, from] = ['', 0]
    for (const {start, end} of lists.toSorted((a, b) => a.start - b.start)) {
      rest += `${text.slice(from, Math.max(from, start))} , `
      from = Math.max(from, end)
    }
    rest += text.slice(from)
    return {rest, words: new Set(rest.match(/[\p{L}\p{N}_-]+/gu))}
  }
  return (value) => {
    found ??= outside()
    return /^[\p{L}\p{N}_-]+$/u.test(value) ? found.words.has(value) : hasWord(found.rest, value)
  }
}

function hasWord(text: string, value: string): boolean {
  if (value === '') return false
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
    if (!/[\p{L}\p{N}_-]/u.test(`${text[at - 1] ?? ' '}${text[at + value.length] ?? ' '}`)) return true
  return false
}
