import {
  type Cell,
  type ColumnOfKey,
  compareVersions,
  defineRule,
  keyForm,
  type MetadataEntry,
  related,
  type Section,
  type Table,
  versionOf,
} from 'spec-lint/rule'

const inLog = 'newest row of the change log'

export default defineRule({
  id: 'changelog-version',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The newest row of the change log has the version and the date that the metadata has.',
    why: 'Readers tell from the version whether they have read a document; when its two places differ, neither can be trusted.',
    remedy: 'Add the row that is missing, or correct the version or the date.',
    exceptions:
      'The newest row is the one with the highest version, of equal ones the one with the latest date; the order of the rows does not matter. A date in the future is the matter of `date-order`.',
  },
  options: {},
  messages: {
    behind: {
      reason: '{key} is `{value}`, and the change log ends with `{row}`',
      note: 'Add a row for `{value}` to the change log, or write `{row}`.',
    },
    ahead: {
      reason: '{key} is `{value}`, and the change log has a row for `{row}`',
      note: 'Write `{row}`.',
    },
    date: {
      reason: '{key} is `{value}`, and the newest row of the change log is of `{row}`',
      note: 'Write the day of the last change in both places.',
    },
  },
  check({type, project, report}) {
    const {changelog} = type.type
    if (!changelog) return
    const rows = type.withRole('changelog').flatMap((section) => rowsOf(section, changelog.version, changelog.date))
    const newest = rows.toSorted(byAge).at(-1)
    if (!newest) return
    const version = changelog.version && type.metadata.entry(changelog.version.metadata)
    if (changelog.version && version && newest.version) {
      const own = versionOf(version.raw)
      const order = own && compareVersions(own, newest.version.parts)
      if (order !== undefined && order !== 0) {
        const data = {key: changelog.version.metadata, value: version.raw, row: newest.version.cell.text}
        const extra = {expected: [spelt(newest.version.cell.text, version)], ...related(newest.version.cell, inLog)}
        if (order > 0) report.behind(version.valueSpan, data, extra)
        else report.ahead(version.valueSpan, data, extra)
        return
      }
    }
    const date = changelog.date && type.metadata.entry(changelog.date.metadata)
    if (
      changelog.date &&
      date &&
      newest.date &&
      isDate(date.raw) &&
      date.raw <= project.today &&
      date.raw !== newest.date.text
    )
      report.date(
        date.valueSpan,
        {key: changelog.date.metadata, value: date.raw, row: newest.date.text},
        {expected: [quoted(newest.date.text, date)], ...related(newest.date, inLog)},
      )
  },
})

interface LogRow {
  readonly version: {readonly cell: Cell; readonly parts: readonly number[]} | undefined
  readonly date: Cell | undefined
}

function rowsOf({tables}: Section, version: ColumnOfKey | undefined, date: ColumnOfKey | undefined): readonly LogRow[] {
  return tables.flatMap((table) => {
    const versions = columnOf(table, version)
    const dates = columnOf(table, date)
    return table.rows.flatMap(({cells}): readonly LogRow[] => {
      const cell = versions === undefined ? undefined : cells[versions]
      const parts = cell && versionOf(cell.text)
      const day = dates === undefined ? undefined : cells[dates]
      const row = {version: cell && parts && {cell, parts}, date: day && isDate(day.text) ? day : undefined}
      return row.version || row.date ? [row] : []
    })
  })
}

function columnOf({header}: Table, column: ColumnOfKey | undefined): number | undefined {
  const index = column === undefined ? -1 : header.findIndex(({text}) => keyForm(text) === keyForm(column.column))
  return index < 0 ? undefined : index
}

function byAge(a: LogRow, b: LogRow): number {
  const versions = a.version && b.version ? compareVersions(a.version.parts, b.version.parts) : 0
  if (versions !== 0) return versions
  const [first = '', second = ''] = [a.date?.text, b.date?.text]
  if (first === second) return 0
  return first < second ? -1 : 1
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))
}

/** A version as the metadata writes it, `v` included. */
function spelt(version: string, entry: MetadataEntry): string {
  const plain = version.replace(/^v/i, '')
  return quoted(/^v/i.test(entry.raw) ? `v${plain}` : plain, entry)
}

/** In quotes where the value has some. */
function quoted(text: string, {raw, valueSpan}: MetadataEntry): string {
  return valueSpan.end - valueSpan.start > raw.length ? JSON.stringify(text) : text
}
