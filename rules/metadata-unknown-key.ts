import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'metadata-unknown-key',
  category: 'metadata',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A metadata key is one that the type knows, or clearly another.',
    why: 'A slip such as `staus` leaves the real key unset, and nothing else shows it.',
    remedy: 'Write the key as the type has it. Keys of your own are welcome unless the type closes its metadata.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    near: {reason: 'Metadata key `{key}` looks like `{near}`', note: 'Write `{near}`.'},
    closed: {
      reason: 'The type `{type}` has no metadata key `{key}`',
      note: 'Delete the line, or add the key to the type.',
    },
  },
  check({type, report}) {
    for (const {entry, nearest} of type.metadata.unknown) {
      if (nearest === undefined) report.closed(entry.key, {key: entry.key.text, type: type.type.name})
      else {
        const {start, end, text} = entry.key
        report.near(
          entry.key,
          {key: text, near: nearest},
          {
            expected: [nearest],
            fix: {
              title: `Change \`${text}\` to \`${nearest}\``,
              safety: 'unsafe',
              edits: [{start, end, text: nearest}],
            },
          },
        )
      }
    }
  },
})
