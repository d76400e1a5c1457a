/** The ways in which teams tell the parts of a schema and its migration, each as a name and what it writes. */
import {type Column, type Part, type Story, sqlOf, story, type Table} from './story.ts'

type Telling<T> = Readonly<Record<string, (told: T) => string>>
type Gains = Story['gains']

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const items = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n')
const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gmu, by)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const fence = (text: string, language = 'sql'): string => `\`\`\`${language}\n${text}\n\`\`\``
const marked = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ')
const yes = (is: boolean): string => (is ? 'yes' : 'no')
const isRequired = ({primary, required}: Column): boolean => primary === true || required === true

/** As a database says it. */
function formal({primary, required, default: value, to, act}: Column): readonly string[] {
  return [
    primary ? 'primary key' : required ? 'not null' : 'nullable',
    ...(value === undefined ? [] : [`default \`${value.replaceAll("'", '')}\``]),
    ...(to === undefined ? [] : [`foreign key to \`${to}\` (on delete ${(act ?? '').toLowerCase()})`]),
  ]
}

/** As people say it. */
function plain({primary, required, default: value, to}: Column): readonly string[] {
  return [
    primary ? 'primary key' : required ? 'required' : 'optional',
    ...(value === undefined ? [] : [`default ${value.replaceAll("'", '`')}`]),
    ...(to === undefined ? [] : [`references \`${to}.id\``]),
  ]
}

/** What stands above the columns of a table. */
const heads: Telling<Table> = {
  bold: ({name, purpose}) => `**New model \`${name}\`**\n\n${capital(purpose)}.\n\n`,
  heading: ({name, purpose}) => `#### ${name}\n\n${capital(purpose)}.\n\n`,
  modelHeading: ({name}) => `#### New model: ${capital(name.slice(0, -1))} (\`${name}\`)\n\n`,
  sentence: ({name, purpose}) => `The new table \`${name}\` keeps ${purpose}:\n\n`,
  dash: ({name, purpose}) => `\`${name}\` – ${purpose}\n\n`,
  colon: ({name, purpose}) => `**\`${name}\`**: ${purpose}\n\n`,
  italic: ({name}) => `*${name}* (new)\n\n`,
  boldTable: ({name, purpose}) => `**Table: ${name}** — ${purpose}\n\n`,
  plain: ({name}) => `Table ${name}:\n\n`,
  nothing: ({purpose}) => `${capital(purpose)} is kept like this:\n\n`,
  model: ({name}) => `**${capital(name.slice(0, -1))}** (table \`${name}\`)\n\n`,
  create: ({name, purpose}) => `Create \`${name}\`, ${purpose}, with these columns:\n\n`,
  boldModel: ({name, purpose}) => `**${capital(name.slice(0, -1))}**\n\n${capital(purpose)}.\n\n`,
}

const columns: Telling<Table> = {
  described: ({columns: all}) =>
    table(
      ['Column', 'Type', 'Nullable', 'Default', 'Description'],
      all.map((one) => [
        `\`${one.name}\``,
        `\`${one.type}\``,
        yes(!isRequired(one)),
        one.default === undefined ? '–' : `\`${one.default}\``,
        one.says + (one.primary ? ', primary key' : one.to === undefined ? '' : `, FK → \`${one.to}.id\``),
      ]),
    ),
  constrained: ({columns: all}) =>
    table(
      ['Field', 'Type', 'Constraints', 'Description'],
      all.map((one) => [
        one.name,
        one.type,
        [
          one.primary ? 'PK' : one.required ? 'NOT NULL' : 'NULL',
          ...(one.default === undefined ? [] : [`DEFAULT ${one.default}`]),
          ...(one.to === undefined ? [] : [`FK ${one.to}(id) ON DELETE ${one.act ?? ''}`]),
        ].join(', '),
        one.says,
      ]),
    ),
  required: ({columns: all}) =>
    table(
      ['Name', 'Data type', 'Required', 'Default', 'Notes'],
      all.map((one) => [
        `\`${one.name}\``,
        one.type,
        isRequired(one) ? 'Yes' : 'No',
        one.default ?? '',
        one.primary ? 'Primary key' : one.to === undefined ? one.says : `References \`${one.to}(id)\``,
      ]),
    ),
  keyed: ({columns: all}) =>
    table(
      ['Column', 'Type', 'Null', 'Key', 'Default'],
      all.map((one) => [
        one.name,
        one.type,
        isRequired(one) ? 'NO' : 'YES',
        one.primary ? 'PRI' : one.to === undefined ? '' : `FK → ${one.to}.id`,
        one.default ?? '-',
      ]),
    ),
  brackets: ({columns: all}) =>
    items(
      all.map((one) => {
        const [first = '', ...more] = plain(one)
        return `\`${one.name}\` (${one.type}, ${first}): ${[one.says, ...more].join('; ')}`
      }),
    ),
  ddl: ({columns: all}) =>
    items(all.map((one) => `\`${one.name}\` ${sqlOf(one).slice(one.name.length + 1)} – ${one.says}`)),
  bold: ({columns: all}) =>
    items(all.map((one) => `**${one.name}**: ${one.type}, ${formal(one).join(', ')} - ${one.says}`)),
  words: ({columns: all}) =>
    items(all.map((one) => `${one.name}: ${one.type} — ${one.says}; ${plain(one).join('; ')}`)),
  typed: ({columns: all}) =>
    items(all.map((one) => `\`${one.name}\`: \`${one.type}\` – ${formal(one).join(', ')}. ${one.says}`)),
  dashes: ({columns: all}) => items(all.map((one) => `\`${one.name}\` – ${one.type}, ${plain(one).join(', ')}`)),
  squares: ({columns: all}) => items(all.map((one) => `\`${one.name}: ${one.type}\` [${formal(one).join(', ')}]`)),
  code: ({columns: all}) => items(all.map((one) => `\`${sqlOf(one)}\``)),
  paragraph: ({columns: all}) =>
    `Columns: ${all.map((one) => `\`${one.name}\` (${[one.type, ...formal(one)].join(', ')})`).join(', ')}.`,
  pseudo: ({columns: all}) =>
    fence(
      all
        .map(
          (one) =>
            `${one.name.padEnd(14)}${one.type.padEnd(16)}${one.primary ? 'PRIMARY KEY' : one.required ? 'NOT NULL' : 'NULL'}${one.default === undefined ? '' : ` DEFAULT ${one.default}`}${one.to === undefined ? '' : ` FK ${one.to}(id)`}`,
        )
        .join('\n'),
      'text',
    ),
  statement: ({name, columns: all}) =>
    fence(`CREATE TABLE ${name} (\n${all.map((one) => `  ${sqlOf(one)}`).join(',\n')}\n);`),
  groups: ({columns: all}) =>
    `- Who and what\n${indented(items(all.slice(0, 3).map((one) => `\`${one.name}\`: ${one.type}, ${formal(one).join(', ')}`)), '  ')}\n- The rest\n${indented(items(all.slice(3).map((one) => `\`${one.name}\`: ${one.type}, ${formal(one).join(', ')}`)), '  ')}`,
}

const gains: Telling<Gains> = {
  inline: ({name, columns: all}) =>
    `- \`${name}\`: add ${all.map((one) => `\`${one.name}\` (${[one.type, ...formal(one)].join(', ')})`).join(' and ')}`,
  nested: ({name, columns: all}) =>
    `- \`${name}\`\n${all.map((one) => `  - add \`${one.name}\` – ${one.type}, ${plain(one).join(', ')}`).join('\n')}`,
  sentence: ({name, columns: all}) =>
    `The existing table \`${name}\` gets ${all.map((one) => `\`${one.name}\` (${[one.type, ...formal(one)].join(', ')})`).join(' and ')}.`,
  paths: ({name, columns: all}) =>
    items(all.map((one) => `Add \`${name}.${one.name}\`: ${one.type}, ${formal(one).join(', ')}`)),
  table: ({name, columns: all}) =>
    `**${name}** (existing table, two new columns)\n\n${table(
      ['Column', 'Type', 'Null', 'Default'],
      all.map((one) => [one.name, one.type, yes(!isRequired(one)), one.default ?? '–']),
    )}`,
  fields: ({name, columns: all}) =>
    `**Existing model \`${name}\`** – new fields:\n\n${items(all.map((one) => `\`${one.name}\`: ${one.type}, ${formal(one).join(', ')}`))}`,
  plus: ({name, columns: all}) =>
    `Changes to \`${name}\`:\n\n${items(all.map((one) => `+ \`${one.name}\` ${one.type}, ${formal(one).join(', ')}`))}`,
  columns: ({name, columns: all}) =>
    items(all.map((one) => `Add column \`${one.name}\` (${[one.type, ...formal(one)].join(', ')}) to \`${name}\``)),
  beforeAfter: ({name, columns: all}) =>
    `\`${name}\`, fields before and after:\n\n${table(
      ['Field', 'Before', 'After'],
      all.map((one) => [one.name, '–', sqlOf(one).slice(one.name.length + 1)]),
    )}`,
}

const enums: Telling<Story['type']> = {
  marked: ({name, values}) => `- \`${name}\`: ${marked(values)}`,
  plain: ({name, values}) => `- ${name}: ${values.join(', ')}`,
  row: ({name, values}) => table(['Enum', 'Values'], [[`\`${name}\``, marked(values)]]),
  nested: ({name, values}) => `- \`${name}\`\n${values.map((value) => `  - \`${value}\`: said by us`).join('\n')}`,
  rows: ({name, values}) =>
    `**\`${name}\`**\n\n${table(
      ['Value', 'Meaning'],
      values.map((value) => [`\`${value}\``, 'Said by us']),
    )}`,
  sentence: ({name, values}) =>
    `The new enum \`${name}\` has the values ${marked(values.slice(0, -1))} and \`${values.at(-1) ?? ''}\`.`,
  brackets: ({name, values}) => `- \`${name}\` (${values.map((value) => `'${value}'`).join(', ')})`,
  bars: ({name, values}) => `- \`${name}\` = ${values.join(' | ')}`,
}

const indexes: Telling<Story['indexes']> = {
  call: (all) => items(all.map((one) => `\`${one.name}\` on \`${one.table}(${one.columns.join(', ')})\``)),
  words: (all) => items(all.map((one) => `\`${one.name}\` on \`${one.table}\` (${marked(one.columns)}) – for lists`)),
  table: (all) =>
    table(
      ['Index', 'Table', 'Columns', 'Why'],
      all.map((one) => [`\`${one.name}\``, one.table, one.columns.join(', '), 'lists']),
    ),
  paths: (all) => items(all.map((one) => `\`${one.name}\`: ${one.table}.${one.columns.join(', ')}`)),
  sentences: (all) =>
    all.map((one) => `\`${one.name}\` on \`${one.table} (${one.columns.join(', ')})\` serves a list.`).join(' '),
  statements: (all) =>
    items(all.map((one) => `\`CREATE INDEX ${one.name} ON ${one.table} (${one.columns.join(', ')})\``)),
  tableFirst: (all) => items(all.map((one) => `\`${one.table}\`: \`${one.name}\` (${marked(one.columns)})`)),
  bold: (all) => items(all.map((one) => `**${one.name}** – ${one.table} (${one.columns.join(', ')})`)),
}

const {unique, check} = story
const constraints: Telling<Story> = {
  names: () =>
    items([
      `\`${unique.name}\`: unique (\`code\`) on \`carriers\``,
      `\`${check.name}\`: \`weight_kg\` is greater than 0`,
    ]),
  words: () =>
    items([
      `\`carriers.code\` is unique (\`${unique.name}\`)`,
      `\`parcels.weight_kg\` must be greater than 0 (\`${check.name}\`)`,
    ]),
  table: () =>
    table(
      ['Constraint', 'Table', 'Rule'],
      [
        [`\`${unique.name}\``, 'carriers', 'UNIQUE (code)'],
        [`\`${check.name}\``, 'parcels', 'CHECK (weight_kg > 0)'],
      ],
    ),
  statements: () =>
    items([
      `\`CONSTRAINT ${unique.name} UNIQUE (code)\` on carriers`,
      `\`CONSTRAINT ${check.name} CHECK (weight_kg > 0)\` on parcels`,
    ]),
  kinds: () =>
    items([
      `Unique: \`carriers(code)\` as \`${unique.name}\``,
      `Check: \`parcels.weight_kg > 0\` as \`${check.name}\``,
    ]),
  sentence: () =>
    `The unique constraint \`${unique.name}\` on \`carriers (code)\` keeps codes apart, and the check \`${check.name}\` keeps \`weight_kg > 0\`.`,
}

interface Scripts {
  readonly up: string
  readonly down: string
}

const halves: Telling<Scripts> = {
  labels: ({up, down}) => `**Migration:**\n\n${fence(up)}\n\n**Rollback:**\n\n${fence(down)}`,
  short: ({up, down}) => `**Up**\n\n${fence(up)}\n\n**Down**\n\n${fence(down)}`,
  comments: ({up, down}) => fence(`-- Up\n${up}\n\n-- Down\n${down}`),
  files: ({up, down}) => `The script \`up.sql\`:\n\n${fence(up)}\n\nTo go back, \`down.sql\` runs:\n\n${fence(down)}`,
  directions: ({up, down}) => `Forward:\n\n${fence(up)}\n\nBackward:\n\n${fence(down)}`,
  headings: ({up, down}) => `#### Up migration\n\n${fence(up)}\n\n#### Rollback\n\n${fence(down)}`,
  steps: ({up, down}) =>
    `1. **Migration Contents:**\n\n${indented(fence(up), '   ')}\n\n2. **Rollback Plan:**\n\n${indented(fence(down), '   ')}`,
  undo: ({up, down}) => `${fence(up)}\n\nUndo:\n\n${fence(down)}`,
  reverts: ({up, down}) => `This is run:\n\n${fence(up)}\n\nThe following reverts it:\n\n${fence(down)}`,
  opposite: ({up, down}) => `${fence(up)}\n\nDown, in the opposite order. Nobody works meanwhile.\n\n${fence(down)}`,
  nothing: ({up, down}) => `${fence(up)}\n\nNobody works meanwhile.\n\n${fence(down)}`,
}

export interface Style extends Readonly<Record<Part | 'heads', string>> {
  readonly columns: string
}

export const usual: Style = {
  heads: 'bold',
  columns: 'described',
  gains: 'inline',
  enums: 'marked',
  indexes: 'call',
  constraints: 'names',
  halves: 'labels',
}

export const tellings: Readonly<Record<keyof Style, readonly string[]>> = {
  heads: Object.keys(heads),
  columns: Object.keys(columns),
  gains: Object.keys(gains),
  enums: Object.keys(enums),
  indexes: Object.keys(indexes),
  constraints: Object.keys(constraints),
  halves: Object.keys(halves),
}

function tell<T>(all: Telling<T>, name: string, told: T): string {
  const found = all[name]
  if (!found) throw new Error(`no wording ${name}`)
  return found(told)
}

/** A PRD that tells the story in a style, with some scripts. */
export function documentOf(
  style: Style,
  scripts: {readonly up: readonly string[]; readonly down: readonly string[]},
): string {
  const models = story.tables
    .map((one) => tell(heads, style.heads, one) + tell(columns, style.columns, one))
    .join('\n\n')
  const told = {up: scripts.up.join('\n'), down: scripts.down.join('\n')}
  return `---
prd_version: "1.0"
status: "Draft"
last_updated: "2026-01-20"
owner: "@ann"
---

# 7 – Parcels

## 3. Technical Implementation

### 3.2 Database Schema

PostgreSQL 16.

**New models to add:**

${models}

**Models to modify:**

${tell(gains, style.gains, story.gains)}

**New enums to create:**

${tell(enums, style.enums, story.type)}

**Indexes to add:**

${tell(indexes, style.indexes, story.indexes)}

**Constraints to add:**

${tell(constraints, style.constraints, story)}

### 3.3 Database Migration

Run with \`psql\`, one statement after the other.

${tell(halves, style.halves, told)}
`
}
