import {defineRule, enumGroups, nearest, type Span, type SpecDocument, type Text, type ValueList} from 'spec-lint/rule'

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
      'Lists are compared when they have one name, or when the document says which column has the enum; a column that several tables have is left alone, and so are lists with placeholders or `...` and values that differ in case alone.',
  },
  options: {},
  messages: {
    strange: {
      reason: '`{value}` is a value of `{here}`, and `{there}` has no such value',
      note: 'Write {right}, or add it on line {line}.',
    },
  },
  check({document, schema, report}) {
    for (const group of enumGroups(schema, document)) {
      const subject = group.find(({from}) => from === 'document') ?? group.find(({from}) => from === 'code')
      if (!subject) continue
      const done = new Set<string>()
      for (const bucket of bucketsOf(group, subject)) {
        const [first] = bucket
        if (!first || !isComparable(subject, first)) continue
        const form = formFor(subject, first)
        const others = bucket.flatMap(({values}) => values)
        const own = subject.values.filter((value) => !has(others, value, form))
        const theirs = first.values.filter(
          (value) => !has(subject.values, value, form) && bucket.every(({values}) => has(values, value, form)),
        )
        for (const value of own) differ(value, subject, first, theirs)
        for (const value of theirs) differ(value, first, subject, own)
      }

      function differ(value: Text, here: ValueList, there: ValueList, free: readonly Text[]): void {
        const key = `${here === subject ? 'own' : 'their'} ${value.text}`
        if (done.has(key)) return
        done.add(key)
        const [near] = nearest(
          value.text,
          free.map(({text}) => text),
        )
        const expected = near === undefined ? [] : [near]
        const right = near === undefined ? 'a value that both have' : `\`${near}\``
        const words = {value: value.text, here: here.what, there: there.what, right}
        const related = [{start: there.start, end: there.end, message: there.what}]
        report.strange(
          unquoted(value, document),
          {...words, line: document.source.lineOf(there.start)},
          {expected, related},
        )
      }
    }
  },
})

/** The value without the quotes around it. */
function unquoted({start, end, text}: Text, document: SpecDocument): Span {
  const isQuoted = end - start === text.length + 2 && /^['"`]/u.test(document.text.slice(start, end))
  return isQuoted ? {start: start + 1, end: end - 1} : {start, end}
}

/** The other lists of a group by where they come from: an earlier CHECK may be replaced by a later one. */
function bucketsOf(group: readonly ValueList[], subject: ValueList): readonly (readonly ValueList[])[] {
  const others = group.filter((one) => one !== subject)
  return (['document', 'code', 'check', 'type'] as const)
    .map((from) => others.filter((one) => one.from === from))
    .filter((bucket) => bucket.length > 0)
}

/** Half of the shorter list stands in the other too: else they only happen to have one name. */
function isComparable(a: ValueList, b: ValueList): boolean {
  const form = formFor(a, b)
  const [wordsA, wordsB] = [a, b].map(({values}) => new Set(values.map(({text}) => form(text)))) as [
    Set<string>,
    Set<string>,
  ]
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length
  return shared > 0 && shared * 2 >= Math.min(wordsA.size, wordsB.size)
}

/** As written where one value is the same, else without case: `ACTIVE` is stored as `active`. */
function formFor(a: ValueList, b: ValueList): (text: string) => string {
  const isExact = a.values.some(({text}) => b.values.some((other) => other.text === text))
  return isExact ? (text) => text : (text) => text.toLowerCase()
}

function has(values: readonly Text[], value: Text, form: (text: string) => string): boolean {
  return values.some(({text}) => form(text) === form(value.text))
}
