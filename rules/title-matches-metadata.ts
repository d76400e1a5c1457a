import {defineRule} from 'spec-lint/rule'

const small = new Set(['the', 'and', 'for', 'with', 'of', 'a', 'an', 'in', 'to'])

export default defineRule({
  id: 'title-matches-metadata',
  category: 'metadata',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'The first heading and the metadata name the same thing.',
    why: 'A document copied from another keeps one of the two names, and is then found under the wrong one.',
    remedy: 'Write the same name in both places. Case, punctuation and words that one of them adds do not count.',
  },
  options: {},
  messages: {
    differ: {
      reason: 'Title `{title}` and `{key}`, `{value}`, name different things',
      note: 'Write the same name in both places.',
    },
  },
  check({document, type, report}) {
    const key = type.type.documentTitle?.sameAs
    const {title} = document
    const entry = key === undefined ? undefined : type.metadata.entry(key)
    if (!title || !entry || key === undefined || entry.raw === '') return
    const open = document.placeholders.some(
      ({start, end}) => (start >= title.start && end <= title.end) || (start >= entry.start && end <= entry.end),
    )
    if (
      open ||
      agree(
        words(title.text),
        words(entry.raw),
        words((type.type.documentTitle?.pattern ?? '').replaceAll(/\\\w/gu, ' ')),
      )
    )
      return
    report.differ(entry.valueSpan, {title: title.text, key, value: entry.raw})
  },
})

function words(text: string): ReadonlySet<string> {
  const all =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(all.filter((word) => !small.has(word)))
}

/** All words of one, but for those that every title of the type has, are in the other. */
function agree(title: ReadonlySet<string>, value: ReadonlySet<string>, common: ReadonlySet<string>): boolean {
  const own = [...title].filter((word) => !common.has(word) || value.has(word))
  return [...value].every((word) => title.has(word) || common.has(word)) || own.every((word) => value.has(word))
}
