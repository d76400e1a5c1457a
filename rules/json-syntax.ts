import {type CodeBlock, defineRule, jsonProblem, type SpecDocument} from 'spec-lint/rule'

export default defineRule({
  id: 'json-syntax',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A `json` fence holds JSON.',
    why: 'Examples are copied into tests and fixtures; one that no parser reads costs everyone who tries, and no rule can compare it with the schema.',
    remedy: 'Correct the JSON at the marked place, or mark the fence as what it is (`text`, `http`, `javascript`).',
    exceptions:
      'Comments, several values in one fence, properties without their braces and placeholders (`{{x}}`, `[x]`, `<x>`, `...`) are fine, and so is a comma at the end in a fence of `jsonc` or before a comment on what is left out. So is a fence that the line above calls invalid.',
  },
  options: {},
  messages: {
    broken: {
      reason: "This isn't JSON: {problem}",
      note: 'Correct it, or mark the fence as another language.',
    },
  },
  check({document, report}) {
    for (const code of document.codes) {
      if (!code.fenced || (code.language !== 'json' && code.language !== 'jsonc')) continue
      const problem = isMeantBroken(code, document) ? undefined : jsonProblem(code)
      if (problem) report.broken(problem, {problem: problem.message})
    }
  },
})

/** The line above says so: "A truncated answer:". */
function isMeantBroken({start}: CodeBlock, {text}: SpecDocument): boolean {
  const above = text.slice(Math.max(0, start - 300), start).trimEnd()
  return /\b(?:invalid|malformed|truncated|unparse?able|broken|incorrect|wrong|pseudo|not (?:valid )?json)\b|❌|✗/i.test(
    above.slice(above.lastIndexOf('\n') + 1),
  )
}
