import {defineRule, migrationName, migrationNames, migrationTools, stampedNames, type Text} from 'spec-lint/rule'

interface Preset {
  /** The whole name, without directory and ending. */
  readonly pattern: RegExp
  readonly example: string
  /** A word in the document that shows that the tool is used. */
  readonly word?: RegExp
}

const snake = '[a-z0-9]+(?:_[a-z0-9]+)*'
const presets: Readonly<Record<string, Preset>> = {
  timestamp: {pattern: new RegExp(`^(\\d{14})_${snake}$`, 'u'), example: '20260331093000_add_orders_table'},
  'prefixed-timestamp': {
    pattern: new RegExp(`^migration_(\\d{14}|\\d{8}|1\\d{9})_${snake}$`, 'u'),
    example: 'migration_20260331093000_add_orders_table.sql',
  },
  ...migrationTools,
}

export default defineRule({
  id: 'migration-name-format',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The name of a migration is one that the migration tool takes, with a moment that exists.',
    why: 'Tools run migrations in the order of their names; one with another form, or with month 13, runs too early or never.',
    remedy:
      'Write the name as the example shows. `migrations: {tool: flyway, folder: db/migration}` in the configuration names your tool.',
    exceptions:
      'A name that the folder of migrations has is right, and one in the form of a tool that the document names (`flyway migrate`, `manage.py makemigrations`). Placeholders are the matter of `no-placeholder`.',
  },
  fixable: 'unsafe',
  options: {
    preset: {
      type: 'string',
      enum: ['auto', ...Object.keys(presets)],
      default: 'auto',
      description:
        "The form of the names. With `auto` it is that of the tool in the configuration's `migrations`, else the type's.",
    },
  },
  messages: {
    form: {
      reason: 'Migration name `{name}` does not have the form of {preset}',
      note: 'Write a name such as `{example}`.',
    },
    moment: {
      reason: 'Migration name `{name}` has {part}',
      note: 'Write the moment as `YYYYMMDDHHMMSS`, for example `{example}`.',
    },
    snake: {reason: 'Description `{description}` of the migration is not in snake case', note: 'Write `{right}`.'},
  },
  check({document, type, project, options, report}) {
    const spec = type.type.migrationName
    const tool = options.preset === 'auto' ? project.migrations?.tool : undefined
    const chosen = options.preset === 'auto' ? (tool ?? spec?.preset) : options.preset
    const preset = chosen !== undefined && Object.hasOwn(presets, chosen) ? presets[chosen] : undefined
    if (!preset || chosen === undefined) {
      // Whatever the tool is, fourteen digits are a moment.
      for (const name of stampedNames(document)) {
        const part = impossible(/^\d{14}/u.exec(name.text)?.[0])
        if (part !== undefined)
          report.moment(name, {name: name.text, part, example: presets['timestamp']?.example ?? ''})
      }
      return
    }
    const example = options.preset === 'auto' && tool === undefined ? (spec?.example ?? preset.example) : preset.example
    const there = new Set(project.migrations?.names)
    let named: readonly Preset[] | undefined
    for (const name of migrationNames(document, type, project.migrations))
      if (!there.has(migrationName(name.text))) judge(name)

    /** Of the tools, only those that the document names; most need none, and a long text takes its time. */
    function formOf(stem: string): Preset | undefined {
      if (preset?.pattern.test(stem) === true) return preset
      named ??= Object.values(presets).filter(({word}) => word?.test(document.text))
      return named.find(({pattern}) => pattern.test(stem))
    }

    function judge(name: Text): void {
      const stem = stemOf(name.text)
      const matched = formOf(stem)
      if (matched) {
        const part = impossible(matched.pattern.exec(stem)?.[1])
        if (part !== undefined) report.moment(name, {name: name.text, part, example})
        return
      }
      const [, stamp, divider, description = ''] = /^((?:migration_)?\d{14})([_-])(.+)$/u.exec(stem) ?? []
      const right = toSnake(description)
      if (stamp !== undefined && /^[A-Za-z]/u.test(description) && preset?.pattern.test(`${stamp}_${right}`) === true) {
        const start = name.start + name.text.lastIndexOf(stem) + stamp.length + (divider === '_' ? 1 : 0)
        const end = name.start + name.text.lastIndexOf(stem) + stem.length
        const text = divider === '_' ? right : `_${right}`
        const fix = {title: `Change to ${text}`, safety: 'unsafe' as const, edits: [{start, end, text}]}
        report.snake({start, end}, {description: document.text.slice(start, end), right: text}, {expected: [text], fix})
      } else if (/^[VUR]\d*[._\d]*_/u.test(stem) && migrationTools.flyway.word.test(document.text))
        report.form(name, {name: name.text, preset: 'the preset `flyway`', example: migrationTools.flyway.example})
      else
        report.form(name, {
          name: name.text,
          preset: chosen === 'timestamp' ? '`YYYYMMDDHHMMSS_description`' : `the preset \`${chosen}\``,
          example,
        })
    }
  },
})

function stemOf(name: string): string {
  const file = name.replace(/\/+$/u, '').split('/').at(-1) ?? name
  return file.replace(/(?:\.(?:up|down|undo))?\.[a-z]{2,4}$/u, '')
}

function toSnake(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/gu, '_')
    .toLowerCase()
    .replaceAll(/^_+|_+$/gu, '')
}

/** Which part of fourteen, twelve or eight digits can't be: "month 13". */
function impossible(digits: string | undefined): string | undefined {
  if (digits === undefined || digits.length === 10) return undefined
  const at = (from: number, length: number): number | undefined =>
    digits.length >= from + length ? Number(digits.slice(from, from + length)) : undefined
  const year = at(0, 4) ?? 0
  const month = at(4, 2) ?? 1
  const day = at(6, 2) ?? 1
  if (year < 1970 || year > 2199) return `year ${year}`
  if (month < 1 || month > 12) return `month ${String(month).padStart(2, '0')}`
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (day < 1 || day > days) return `day ${String(day).padStart(2, '0')} in a month of ${days} days`
  if ((at(8, 2) ?? 0) > 23) return `hour ${at(8, 2)}`
  if ((at(10, 2) ?? 0) > 59) return `minute ${at(10, 2)}`
  if ((at(12, 2) ?? 0) > 59) return `second ${at(12, 2)}`
  return undefined
}
