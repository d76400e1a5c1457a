import {each} from './text.ts'

/** What people and their tools write, much of it: `n` requirements. */
export const documents: Readonly<Record<string, (n: number) => string>> = {
  'req-table': (n) =>
    '# Requirements\n\n| Id | Requirement | Level | Link |\n| --- | --- | --- | --- |\n' +
    each(n, (i) => `| REQ-${i} | The system shall store record ${i} within 10 ms | MUST | [spec](./spec-${i}.md) |\n`),
  'req-small-tables': (n) =>
    each(
      n / 10,
      (i) =>
        `## REQ-${i}\n\n| Field | Value |\n| --- | --- |\n` +
        each(8, (j) => `| field ${j} | value ${j} of ${i} |\n`) +
        '\n',
    ),
  'req-list-2level': (n) =>
    each(
      n / 2,
      (i) =>
        `- REQ-${i} The system shall store record within 10 ms\n  - Rationale: because the user said so in interview\n`,
    ),
  'req-list-flat': (n) => each(n, (i) => `- REQ-${i} The system shall store record within 10 ms\n`),
  'req-tasks': (n) => each(n, (i) => `- [ ] REQ-${i} The system shall store record within 10 ms\n`),
  'req-headings': (n) =>
    each(
      n,
      (i) =>
        `### REQ-${i} Title of requirement\n\nThe system **shall** store record \`r${i}\` within 10 ms, see [REQ-${i + 1}](#req-${i + 1}).\n\n`,
    ),
  'req-refs': (n) => each(n, (i) => `The system shall [REQ-${i}] do it.\n\n`),
  'req-refs-defs': (n) =>
    each(n, (i) => `The system shall [REQ-${i}] do it.\n\n`) + each(n, (i) => `[REQ-${i}]: ./r.md#req-${i}\n`),
  'req-quotes': (n) => each(n, (i) => `> Note ${i}: the system may change.\n\n`),
  'req-code': (n) => each(n / 5, (i) => `Text ${i}:\n\n\`\`\`sql\nselect * from t where id = ${i};\n\`\`\`\n\n`),
  'req-footnotes': (n) => each(n, (i) => `Statement ${i}.[^${i}]\n\n`) + each(n, (i) => `[^${i}]: Source ${i}.\n\n`),
  'one-paragraph-links': (n) => each(n, (i) => `see [REQ-${i}](./r.md#req-${i}) and *that* \`x\`, `),
}
