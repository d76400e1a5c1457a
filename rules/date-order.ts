import {type Cell, compareVersions, defineRule, keyForm, related, type Section, versionOf} from 'spec-lint/rule'

const iso = /^\d{4}-\d{2}-\d{2}$/u

export default defineRule({
  id: 'date-order',
  category: 'metadata',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No date lies in the future, none before one that it follows, and a change log runs one way.',
    why: 'Readers take the newest row for the present state, and the date of the last change for the age of the document.',
    remedy: 'Correct the date, or put the rows of the change log in order: newest first or newest last.',
  },
  options: {},
  messages: {
    future: {
      reason: '`{name}` is `{date}`, which lies in the future',
      note: 'Write the day of the change; today is {today}.',
    },
    before: {
      reason: '`{later}` is `{date}`, before `{earlier}`, which is `{first}`',
      note: 'Correct one of the two dates.',
    },
    order: {
      reason: 'The change log goes from `{previous}` to `{date}`, against the order of its other rows',
      note: 'Put the rows in order, {direction}.',
    },
    version: {
      reason: 'Version `{version}` is of `{date}`, before `{other}`, which is of `{first}`',
      note: 'Correct one of the two dates.',
    },
  },
  check({type, project, report}) {
    const dates = (type.type.metadata?.dates ?? []).flatMap((name) => {
      const entry = type.metadata.entry(name)
      return entry && isDate(entry.raw) ? [{name, entry}] : []
    })
    for (const [index, {name, entry}] of dates.entries()) {
      const previous = dates[index - 1]
      if (entry.raw > project.today) report.future(entry.valueSpan, {name, date: entry.raw, today: project.today})
      else if (previous && entry.raw < previous.entry.raw) {
        report.before(entry.valueSpan, {
          later: name,
          date: entry.raw,
          earlier: previous.name,
          first: previous.entry.raw,
        })
      }
    }
    for (const section of type.withRole('changelog')) {
      const cells = dateCells(section)
      for (const cell of cells) {
        if (cell.text > project.today) report.future(cell, {name: 'Date', date: cell.text, today: project.today})
      }
      const odd = against(cells.filter((cell) => cell.text <= project.today))
      if (odd)
        report.order(odd.cell, {
          previous: odd.previous.text,
          date: odd.cell.text,
          direction: odd.descending ? 'newest first' : 'newest last',
        })
      else {
        const early = beforeItsVersion(section, type.type.changelog?.version?.column, project.today)
        if (early)
          report.version(
            early.date,
            {version: early.version, date: early.date.text, other: early.other, first: early.first.text},
            related(early.first, `the row of ${early.other}`),
          )
      }
    }
  },
})

/** A day that exists; others are the matter of the schema. */
function isDate(text: string): boolean {
  return iso.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}

function dateCells(section: Section): readonly Cell[] {
  return section.tables.flatMap((table) => {
    const column = table.header.findIndex(({text}) => keyForm(text) === 'date')
    return table.rows.flatMap(({cells}) => {
      const cell = cells[column]
      return cell && isDate(cell.text) ? [cell] : []
    })
  })
}

/** The first cell that goes against the direction in which most of the rows run; with two rows either order is right. */
function against(
  cells: readonly Cell[],
): {readonly cell: Cell; readonly previous: Cell; readonly descending: boolean} | undefined {
  const steps = cells.slice(1).flatMap((cell, index) => {
    const previous = cells[index]
    return previous && previous.text !== cell.text ? [{cell, previous, down: cell.text < previous.text}] : []
  })
  const downs = steps.filter(({down}) => down).length
  if (downs === 0 || downs === steps.length) return undefined
  const descending = downs * 2 >= steps.length
  const odd = steps.find(({down}) => down !== descending)
  return odd && {cell: odd.cell, previous: odd.previous, descending}
}

/** A row whose version is higher than another's and whose date is earlier: in a log of two rows dates alone tell nothing. */
function beforeItsVersion(
  section: Section,
  column: string | undefined,
  today: string,
): {readonly version: string; readonly date: Cell; readonly other: string; readonly first: Cell} | undefined {
  const rows = section.tables.flatMap((table) => {
    const version = column === undefined ? -1 : table.header.findIndex(({text}) => keyForm(text) === keyForm(column))
    const date = table.header.findIndex(({text}) => keyForm(text) === 'date')
    return table.rows.flatMap(({cells}) => {
      const parts = versionOf(cells[version]?.text ?? '')
      const day = cells[date]
      return parts && day && isDate(day.text) && day.text <= today
        ? [{parts, text: cells[version]?.text ?? '', day}]
        : []
    })
  })
  const sorted = rows.toSorted((a, b) => compareVersions(a.parts, b.parts))
  const index = sorted.findIndex(({day, parts}, at) => {
    const previous = sorted[at - 1]
    return previous !== undefined && compareVersions(previous.parts, parts) !== 0 && day.text < previous.day.text
  })
  const [odd, previous] = [sorted[index], sorted[index - 1]]
  return odd && previous && {version: odd.text, date: odd.day, other: previous.text, first: previous.day}
}
