import {type CodeBlock, defineRule, isUnfilled, list} from 'spec-lint/rule'

export default defineRule({
  id: 'code-language',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A code fence names its language, and one that fits the section.',
    why: 'Without a language nothing is highlighted, and nothing is checked: SQL in an unnamed fence is no schema change.',
    remedy: 'Write the language behind the opening fence; `text` for what is none.',
    exceptions:
      'Where the type itself has fences without a language (diagrams, endpoints), they are fine, unless the code is plainly JSON, SQL or Python.',
  },
  options: {},
  messages: {
    hidden: {
      reason: 'The SQL in this fence is marked as `{language}`',
      note: 'Write `sql`; in a fence of plain text no rule reads it.',
    },
    none: {reason: 'The code fence names no language', note: 'Write one behind the fence: {languages}.'},
    other: {reason: 'Code in `{language}` stands in section `{section}`', note: 'Write it in one of {languages}.'},
    absent: {reason: 'Section `{section}` has no code', note: 'Add a fence in one of {languages}.'},
  },
  check({document, type, report}) {
    const allowed = new Set<CodeBlock>()
    const suggested = new Map<CodeBlock, readonly string[]>()
    for (const {codes} of type.sections) {
      for (const {section, spec, codes: found, other} of codes) {
        const languages = spec.languages.filter((language) => language !== '')
        for (const code of found) {
          if (spec.languages.includes('')) allowed.add(code)
          suggested.set(code, languages)
        }
        // SQL in a fence of plain text is hidden from every rule that reads SQL.
        const plain = spec.languages.includes('sql')
          ? found.filter((code) => isPlainSql(code) && !other.includes(code))
          : []
        for (const {language = '', languageSpan} of plain) report.hidden(languageSpan, {language})
        for (const code of other)
          report.other(code.languageSpan, {
            language: code.language ?? '',
            section: section.heading?.title.text ?? '',
            languages: list(languages),
          })
        const wanted =
          spec.others && languages.length > 0 ? found.filter(({language = ''}) => languages.includes(language)) : found
        if (spec.required && wanted.length === 0 && section.heading && !isUnfilled(section, document))
          report.absent(section.heading.title, {section: section.heading.title.text, languages: list(languages)})
      }
    }
    // A section that stands there twice is the matter of `duplicate-section` alone.
    for (const {duplicates, spec} of type.sections) {
      if (spec.code?.languages.includes(''))
        for (const {codes} of duplicates) for (const code of codes) allowed.add(code)
    }
    nameless(allowed, suggested)

    function nameless(fine: ReadonlySet<CodeBlock>, wanted: ReadonlyMap<CodeBlock, readonly string[]>): void {
      for (const code of document.codes) {
        if (!code.fenced || code.language !== undefined) continue
        const likely = languageOf(code.value)
        if (fine.has(code) && likely === undefined) continue
        if (likely !== undefined) {
          const expected = [document.source.slice(code.languageSpan) + likely]
          report.none(code.languageSpan, {languages: `\`${likely}\``}, {expected})
        } else report.none(code.languageSpan, {languages: list(wanted.get(code) ?? ['sql', 'json', 'bash', 'text'])})
      }
    }
  },
})

function isPlainSql({language, value}: CodeBlock): boolean {
  return /^(?:text|txt|plain|plaintext)$/u.test(language ?? '') && languageOf(value) === 'sql'
}

/** The language of code that can be no other. */
function languageOf(value: string): string | undefined {
  if (/^\s*(?:\/\/.*\s+)*(?:\{\s*(?:["}]|$)|\[\s*["{[\d\]])/u.test(value)) return 'json'
  if (/^\s*(?:--.*\s+)*(?:CREATE|ALTER|INSERT|SELECT|UPDATE|DELETE|DROP)\s+\w/i.test(value)) return 'sql'
  return /^\s*(?:from [\w.]+ import |class \w+\(|def \w+\()/u.test(value) ? 'python' : undefined
}
