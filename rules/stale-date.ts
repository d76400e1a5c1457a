import {bodyChanged, dateKey, defineRule, isSilentEdit, logChanged} from 'spec-lint/rule'

export default defineRule({
  id: 'stale-date',
  category: 'phases',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'When the text of a document changes, so does the date of its last change.',
    why: 'Readers judge by the date whether a document still holds; one that stayed behind makes a new text look old.',
    remedy: "Write today's date.",
    exceptions:
      'Types with a single date, which may be that of the beginning. Ticked items, comments, metadata and white space are no change; a new row of the change log is the matter of `changelog-version`, an edit after approval that of `approved-edit`. Without `--changed` or `--staged` nothing is said.',
  },
  fixable: 'safe',
  options: {},
  messages: {
    stale: {reason: 'The text changed, and `{key}` is still `{date}`', note: 'Write `{today}`.'},
    logged: {
      reason: 'The text changed, and `{key}` and the change log are still of `{date}`',
      note: 'Add a row of `{today}` to the change log, and write `{today}` here.',
    },
  },
  check({document, type, project, report}) {
    const {before, today} = project
    const now = {document, type}
    const key = dateKey(type)
    const entry = key === undefined ? undefined : type.metadata.entry(key)
    const earlier = key === undefined ? undefined : before?.type.metadata.entry(key)
    if (!before || !entry || !earlier || entry.raw !== earlier.raw || !isPast(entry.raw, today)) return
    if (!bodyChanged(before, now) || logChanged(before, now) || isSilentEdit(before, now)) return
    const data = {key: entry.key.text, date: entry.raw, today}
    // The date alone would differ from the newest row.
    if (type.type.changelog?.date && type.withRole('changelog').length > 0) {
      report.logged(entry.valueSpan, data)
      return
    }
    const {start, end} = entry.valueSpan
    const isQuoted = end - start > entry.raw.length
    const edit = isQuoted ? {start: start + 1, end: end - 1} : {start, end}
    const fix = {title: `Change to \`${today}\``, safety: 'safe' as const, edits: [{...edit, text: today}]}
    const expected = [isQuoted ? JSON.stringify(today) : today]
    report.stale(entry.valueSpan, data, {expected, fix})
  },
})

function isPast(date: string, today: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(date) && !Number.isNaN(Date.parse(date)) && date < today
}
