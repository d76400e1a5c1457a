/** The presentations: a schema section, a migration and a way back, of the same operations. */
import {downAlembic, downSql, downWords, upAlembic, upHead, upSql, upWords} from './sql.ts'
import type {Column, Dialect, Op} from './stories.ts'

export type Telling = (ops: readonly Op[], dialect: Dialect) => string

const fence = (code: string, language = 'sql'): string => `\`\`\`${language}\n${code}\n\`\`\``
const indent = (text: string, by = '   '): string => text.replaceAll(/^(?=.)/gmu, by)
const upAll: Telling = (ops, dialect) => ops.map((op) => upSql(op, dialect)).join('\n')
const downAll: Telling = (ops, dialect) => ops.map((op) => downSql(op, dialect)).join('\n')

const tables = (ops: readonly Op[]): readonly Extract<Op, {kind: 'table'}>[] =>
  ops.flatMap((op) => (op.kind === 'table' ? [op] : []))
const rest = (ops: readonly Op[]): readonly Op[] => ops.filter(({kind}) => kind !== 'table')

function columnTable({name, columns}: {readonly name: string; readonly columns: readonly Column[]}): string {
  const rows = columns.map(({name: column, type, nullable, default: value, primary, to}) => {
    const marks = [...(primary ? ['PRIMARY KEY'] : nullable ? [] : ['NOT NULL']), ...(to ? [`FK → ${to}(id)`] : [])]
    return `| ${column} | ${type} | ${marks.join(', ') || '-'} | ${value ?? '-'} | What it is |`
  })
  return `**New table \`${name}\`:**\n\n| Column | Type | Constraints | Default | Description |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`
}

function attributes({name, columns}: {readonly name: string; readonly columns: readonly Column[]}): string {
  const items = columns.map(({name: column, type, nullable, default: value, primary, to}) => {
    const marks = [
      primary ? 'primary key' : nullable ? 'nullable' : 'not null',
      ...(to ? [`foreign key to \`${to}\``] : []),
      ...(value && !primary ? [`default ${value}`] : []),
    ]
    return `- \`${column}\`: ${type} - ${marks.join(', ')}`
  })
  return `**New table \`${name}\`:**\n\n${items.join('\n')}`
}

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')
const numbers = (lines: readonly string[]): string => lines.map((line, at) => `${at + 1}. ${line}`).join('\n')

export const schemas: Readonly<Record<string, Telling>> = {
  sql: (ops, dialect) => fence(upAll(ops, dialect)),
  fences: (ops, dialect) => ops.map((op) => fence(upSql(op, dialect))).join('\n\nand\n\n'),
  columns: (ops, dialect) =>
    [...tables(ops).map(columnTable), ...(rest(ops).length > 0 ? [fence(upAll(rest(ops), dialect))] : [])].join('\n\n'),
  attributes: (ops, dialect) =>
    [...tables(ops).map(attributes), ...(rest(ops).length > 0 ? [fence(upAll(rest(ops), dialect))] : [])].join('\n\n'),
  columnsAndWords: (ops) => [...tables(ops).map(columnTable), bullets(rest(ops).map(upWords))].join('\n\n'),
  attributesAndWords: (ops) =>
    [
      ...tables(ops).map(attributes),
      ...(tables(ops).length > 0 ? ['Beside the tables:'] : []),
      bullets(rest(ops).map(upWords)),
    ].join('\n\n'),
}

const steps = (parts: readonly string[], title: (at: number) => string): string =>
  parts.map((part, at) => `${at + 1}. ${title(at)}\n\n${indent(part, '    ')}`).join('\n\n')

export const migrations = {
  fence: (ops, dialect) => fence(upAll(ops, dialect)),
  transaction: (ops, dialect) => fence(`BEGIN;\n\n${upAll(ops, dialect)}\n\nCOMMIT;`),
  fences: (ops, dialect) => ops.map((op) => fence(upSql(op, dialect))).join('\n\nThen:\n\n'),
  steps: (ops, dialect) =>
    steps(
      ops.map((op) => fence(upSql(op, dialect))),
      (at) => `Step ${at + 1} of the script:`,
    ),
  contents: (ops, dialect) => `3. **Migration Contents:**\n\n${indent(fence(upAll(ops, dialect)))}`,
  heads: (ops, dialect) =>
    `3. **Migration Contents:**\n\n   - The SQL operations, in this order:\n${ops.map((op) => `     - ${upHead(op, dialect)}`).join('\n')}`,
  bullets: (ops) => bullets(ops.map((op) => `${upWords(op)}.`)),
  numbers: (ops) => numbers(ops.map((op) => `${upWords(op)}.`)),
  table: (ops, dialect) =>
    `| # | Statement |\n| --- | --- |\n${ops.map((op, at) => `| ${at + 1} | ${upHead(op, dialect)} |`).join('\n')}`,
  wordTable: (ops) =>
    `| Step | What happens |\n| --- | --- |\n${ops.map((op, at) => `| ${at + 1} | ${upWords(op)} |`).join('\n')}`,
} satisfies Readonly<Record<string, Telling>>

export const ways = {
  fence: (ops, dialect) => fence(downAll(ops, dialect)),
  transaction: (ops, dialect) => fence(`BEGIN;\n\n${downAll(ops, dialect)}\n\nCOMMIT;`),
  fences: (ops, dialect) => ops.map((op) => fence(downSql(op, dialect))).join('\n\nThen:\n\n'),
  steps: (ops, dialect) =>
    steps(
      ops.map((op) => fence(downSql(op, dialect))),
      () => 'Run:',
    ),
  bullets: (ops) => bullets(ops.map((op) => `${downWords(op)}.`)),
  numbers: (ops) => numbers(ops.map((op) => `${downWords(op)}.`)),
  heads: (ops, dialect) => numbers(ops.map((op) => `\`${downSql(op, dialect)}\``)),
  table: (ops, dialect) =>
    `| # | Statement |\n| --- | --- |\n${ops.map((op, at) => `| ${at + 1} | \`${downSql(op, dialect).replace(/;$/u, '')}\` |`).join('\n')}`,
  wordTable: (ops) =>
    `| Step | What happens |\n| --- | --- |\n${ops.map((op, at) => `| ${at + 1} | ${downWords(op)} |`).join('\n')}`,
} satisfies Readonly<Record<string, Telling>>

/** A script that holds both halves. */
export const scripts: Readonly<Record<string, (up: readonly Op[], down: readonly Op[], dialect: Dialect) => string>> = {
  comments: (up, down, dialect) => fence(`-- Up\n${upAll(up, dialect)}\n\n-- Down\n${downAll(down, dialect)}`),
  goose: (up, down, dialect) =>
    fence(`-- +goose Up\n${upAll(up, dialect)}\n\n-- +goose Down\n${downAll(down, dialect)}`),
  alembic: (up, down) =>
    fence(
      `from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\n\ndef upgrade():\n${up.map((one) => `    ${upAlembic(one)}`).join('\n')}\n\n\ndef downgrade():\n${down.map((one) => `    ${downAlembic(one)}`).join('\n')}`,
      'python',
    ),
  labels: (up, down, dialect) =>
    `**Up:**\n\n${fence(upAll(up, dialect))}\n\n**Down:**\n\n${fence(downAll(down, dialect))}`,
  numbered: (up, down, dialect) =>
    `1. **Migration Contents:**\n\n${indent(fence(upAll(up, dialect)))}\n\n2. **Rollback:**\n\n${indent(fence(downAll(down, dialect)))}`,
  inSteps: (up, down, dialect) =>
    up
      .map((one, at) => {
        const back = down.find((other) => JSON.stringify(other) === JSON.stringify(one))
        const way = back ? `\n\n    Rollback:\n\n${indent(fence(downSql(back, dialect)), '    ')}` : ''
        return `${at + 1}. Step ${at + 1}:\n\n${indent(fence(upSql(one, dialect)), '    ')}${way}`
      })
      .join('\n\n'),
}
