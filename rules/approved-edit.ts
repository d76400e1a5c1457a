import {defineRule, isSilentEdit} from 'spec-lint/rule'

export default defineRule({
  id: 'approved-edit',
  category: 'phases',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A document in a final status changes only with a new version, a new date or a row in the change log.',
    why: 'People build from the text that was approved; when it changes under the same version, nobody sees that they have another one.',
    remedy: 'Add a row to the change log with the next version, or set the status back until the change is approved.',
    exceptions:
      'Ticked items, comments, metadata and white space are no change. Types without a change log are left alone, and so is everything without `--changed` or `--staged`.',
  },
  options: {},
  messages: {
    silent: {
      reason: 'Status is `{status}`, and the text changed while {key} is still `{version}`',
      note: 'Add a row to the change log and a new `{key}`, or set the status back.',
    },
  },
  check({document, type, project, report}) {
    const {before} = project
    const key = type.type.changelog?.version?.metadata
    const entry = key === undefined ? undefined : type.metadata.entry(key)
    if (!before || !entry || !type.status || !isSilentEdit(before, {document, type})) return
    report.silent(entry.valueSpan, {status: type.status.value.text, key: entry.key.text, version: entry.raw})
  },
})
