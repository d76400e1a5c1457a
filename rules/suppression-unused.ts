import {defineRule, type Fix, type Span, type SpecDocument, type Suppression} from 'spec-lint/rule'

export default defineRule({
  id: 'suppression-unused',
  category: 'suppressions',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A comment that suppresses findings has findings to suppress.',
    why: 'What it was written for is mended; left in place, it hides the next mistake.',
    remedy: 'Delete the comment, or the rule that it no longer needs to name.',
    exceptions:
      'Of a rule that is off, or was left out of the run, nothing is known. No comment suppresses this rule; `suppressions: {reportUnused: off}` switches it off.',
  },
  fixable: 'safe',
  options: {},
  messages: {
    comment: {reason: 'Comment `{comment}` suppresses nothing', note: 'Delete it.'},
    enable: {reason: 'Comment `{comment}` ends nothing that was disabled', note: 'Delete it.'},
    rule: {reason: 'There is no finding of rule `{rule}` to suppress', note: 'Delete `{rule}` from the comment.'},
  },
  check({document, suppressions, report}) {
    for (const one of suppressions) {
      const {verb, rules, use, start, end} = one
      const comment = document.text.slice(start, end)
      if (use === 'unused') {
        const extra = withoutComments(one, document)
        if (verb.text === 'enable') report.enable({start, end}, {comment}, extra)
        else report.comment({start, end}, {comment}, extra)
        continue
      }
      for (const [index, rule] of rules.entries()) {
        if (rule.use !== 'unused') continue
        // Where an `enable` names it as well, the two go by hand.
        const fix = rule.ended ? {} : {fix: fixOf('Delete the rule', [withSpace(rules, index)])}
        report.rule(rule, {rule: rule.text}, fix)
      }
    }
  },
})

function fixOf(title: string, spans: readonly Span[]): Fix {
  return {title, safety: 'safe', edits: spans.map(({start, end}) => ({start, end, text: ''}))}
}

/** Deletes a comment, and with it what ends it. */
function withoutComments(one: Suppression, document: SpecDocument): {readonly fix?: Fix} {
  const {endings} = one
  const spans = [one, ...endings].flatMap((comment) => spanOf(comment, document) ?? [])
  if (spans.length <= endings.length || endings.some(({alone}) => !alone)) return {}
  return {fix: fixOf(endings.length > 0 ? 'Delete the comments' : 'Delete the comment', spans)}
}

/** A name with what parts it from the one before, or from the one after. */
function withSpace(rules: Suppression['rules'], index: number): Span {
  const {start, end} = rules[index] ?? {start: 0, end: 0}
  const before = rules[index - 1]
  // Where several go at once, each takes the space behind it, so that no two take the same.
  const firstKept = rules.findIndex(({use}) => use !== 'unused')
  if (before && index > firstKept) return {start: before.end, end}
  return {start, end: rules[index + 1]?.start ?? end}
}

/** The comment with its line, where nothing else stands on it and what it keeps apart stays apart. */
function spanOf({start, end}: Span, {text, source}: SpecDocument): Span | undefined {
  const first = source.lineSpan(source.lineOf(start))
  const lastLine = source.lineOf(end)
  const last = source.lineSpan(lastLine)
  const before = text.slice(first.start, start)
  const after = text.slice(end, last.end)
  if (before.trim() !== '') return {start: start - (before.length - before.trimEnd().length), end}
  if (after.trim() !== '') return {start, end: last.end - after.trimStart().length}
  const next = lastLine < source.lineCount ? source.lineSpan(lastLine + 1) : last
  if (text.startsWith('#', start)) return {start: first.start, end: next.start}
  const isEmpty = (line: number): boolean => source.slice(source.lineSpan(line)).trim() === ''
  const openAbove = source.lineOf(start) === 1 || isEmpty(source.lineOf(start) - 1)
  const openBelow = lastLine === source.lineCount || isEmpty(lastLine + 1)
  // Two paragraphs, or two lists.
  if (!openAbove && !openBelow) return undefined
  if (/^[\r\n]*(?:[ \t]+\S|[-*+][ \t]|\d+[.)][ \t])/u.test(text.slice(last.end, last.end + 200))) return undefined
  const further = openAbove && openBelow && lastLine + 2 <= source.lineCount
  const until = further ? source.lineSpan(lastLine + 2).start : next.start
  return {start: first.start, end: Math.max(until, last.end)}
}
