import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'prisma-syntax',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The models in `prisma` fences can be read by Prisma.',
    why: 'A schema that Prisma refuses makes no client and no migration, and other rules are blind to what it says.',
    remedy: 'Correct the line at the marked place.',
    exceptions:
      'A fence may hold a part of a schema: a source, a generator or the models that a relation leads to needn’t be shown. Placeholders and `...` pass.',
  },
  options: {},
  messages: {
    refused: {
      reason: 'Prisma can’t read this: {problem}',
      note: 'Correct it, so that `prisma validate` accepts the model.',
    },
  },
  check({schema, report}) {
    for (const {message, start, end} of schema.prismaProblems) report.refused({start, end}, {problem: message})
  },
})
