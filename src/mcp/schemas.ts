import {z} from 'zod'

/** Clients hand schemas to models: `z.int()` would add two bounds to each number. */
const whole = z.number()
const point = z.object({line: whole, column: whole, offset: whole})
const range = {start: point, end: point}

/** As in the JSON report. */
const problem = z.object({
  path: z.string(),
  type: z.string(),
  ruleId: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string().describe('What is wrong'),
  note: z.string().describe('What to write instead'),
  url: z.string(),
  ...range,
  actual: z.string().describe('Source text of the range'),
  expected: z.array(z.string()).describe('What may stand in its place, nearest first'),
  fix: z
    .object({
      title: z.string(),
      safety: z.enum(['safe', 'unsafe']),
      edits: z.array(z.object({start: whole, end: whole, text: z.string()})),
    })
    .optional(),
  related: z.array(z.object({message: z.string(), ...range})).optional(),
  suppressed: z.boolean(),
  fingerprint: z.string(),
})

/** What a run found. */
export const reported = z.object({
  summary: z.object({
    files: whole.describe('Documents that were linted'),
    filesWithProblems: whole,
    errors: whole,
    warnings: whole,
    infos: whole,
    fixable: whole.describe('Problems with a safe fix'),
    fixableUnsafe: whole,
    fixed: whole,
    fixedFiles: whole,
    suppressed: whole,
    baselined: whole,
    stale: whole.describe('Problems of a baseline that are solved'),
    skipped: z.object({noType: whole, ignored: whole}),
    durationMs: whole,
  }),
  problems: z.array(problem),
  omitted: whole.describe('Problems beyond the limit'),
  files: z.array(z.string()),
  errors: z.array(z.object({path: z.string(), code: z.string(), message: z.string()})),
  warnings: z.array(z.string()),
})

export const fixes = reported.extend({
  written: z.boolean().describe('Whether the files hold the fixes now'),
  fixed: z.array(z.object({path: z.string(), rules: z.array(z.string()), diff: z.string().describe('A unified diff')})),
  text: z.string().optional().describe('The text with its fixes, when a text was given'),
})

export const rulePageOf = z.object({
  id: z.string(),
  category: z.string(),
  severity: z.enum(['error', 'warning', 'info', 'off']),
  fixable: z.boolean(),
  summary: z.string(),
  why: z.string(),
  remedy: z.string(),
  url: z.string(),
  page: z.string().describe('The whole page, in Markdown'),
})

export const drafted = z.object({
  type: z.string(),
  path: z.string().describe('Where such a document stands; nothing was written'),
  text: z.string(),
})

export const types = z.object({
  types: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      files: z.array(z.string()).describe('Patterns of its files; empty when it is detected'),
    }),
  ),
})

const limit = z.int().min(0).max(1000).default(50).describe('Problems in the answer at most')
const paths = z.array(z.string().max(4096)).max(1000)
const text = z.string().max(4 * 1024 * 1024)
const filename = z
  .string()
  .max(4096)
  .optional()
  .describe(
    'Where the text will stand, below the root: it decides type and configuration; nothing is read or written there',
  )
const type = z.string().max(200).optional().describe('Name of its type; without it the document shows its own')
const unsafe = z.boolean().default(false).describe('Also fixes that may change what a document says')

export const inputs = {
  lintText: z.strictObject({text, filename, type, limit}),
  lintFiles: z.strictObject({
    paths: paths.default([]).describe('Files, directories or patterns below the root; without any, all of it'),
    limit,
  }),
  explainRule: z.strictObject({rule: z.string().max(200)}),
  scaffold: z.strictObject({
    type: z.string().max(200).describe('Name of a type, as list_types gives it'),
    title: z.string().max(500).optional(),
    values: z.record(z.string().max(200), z.string().max(2000)).default({}).describe('Metadata by key'),
  }),
  applyFixes: z.strictObject({
    paths: paths.optional().describe('Files, directories or patterns below the root'),
    text: text.optional().describe('A text in place of files'),
    filename,
    type,
    unsafe,
    write: z
      .boolean()
      .default(false)
      .describe('Write the files; without it the answer alone says what they would hold'),
    limit,
  }),
  listTypes: z.strictObject({}),
}
