import {defineRule, list, type Span, type SpecDocument} from 'spec-lint/rule'

export default defineRule({
  id: 'duplicate-document-id',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'No two documents of a type have the same number or identifier.',
    why: '"See PRD 12" has two meanings then; mostly two branches took the same next number.',
    remedy: 'Give one of the documents the next free number.',
    exceptions:
      'Documents in a withdrawn status may share theirs with the one that took their place. A run sees the files that it is given.',
  },
  options: {},
  messages: {
    duplicate: {
      reason: '`{id}` is the identifier of {others} as well',
      note: 'Give one of the documents an identifier of its own.',
    },
  },
  check({document, type, project: {self, related}, report}) {
    if (self?.identity === undefined || self.phase === 'withdrawn' || type.type.identity?.unique !== true) return
    const others = related
      .identifiedAs(self.identity)
      .filter(({path, phase, type: name}) => path !== self.path && name === self.type && phase !== 'withdrawn')
    if (others.length === 0) return
    const {identity} = type.type
    const entry = identity?.kind === 'metadata' ? type.metadata.entry(identity.key) : undefined
    report.duplicate(entry?.valueSpan ?? spanOf(self.identity, document), {
      id: self.identity,
      others: list(others.map(({path}) => path)),
    })
  },
})

/** Where the identity stands in the title. */
function spanOf(identity: string, {title, text}: SpecDocument): Span {
  if (!title) return {start: 0, end: 0}
  const at = text.slice(title.start, title.end).indexOf(identity)
  return at < 0 ? title.title : {start: title.start + at, end: title.start + at + identity.length}
}
