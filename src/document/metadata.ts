import type {Root} from 'mdast'
import {type Context, spanOf} from './context.ts'
import type {
  Field,
  FrontMatter,
  Metadata,
  MetadataEntry,
  MetadataOrigin,
  Section,
  SyntaxProblem,
  Table,
} from './types.ts'
import {readYaml} from './yaml.ts'

/** Every metadata line of a document, wherever the author wrote it. */
export function readMetadata(tree: Root, root: Section, sections: readonly Section[], context: Context): Metadata {
  const yaml = tree.children.find((node) => node.type === 'yaml')
  const span = yaml && spanOf(yaml, context)
  const frontMatter: FrontMatter | undefined = span && {...span, content: inside(context.text, span)}
  const read = frontMatter ? readYaml(context.text, frontMatter.content) : {entries: [], problems: []}
  const problems = [...read.problems, ...(frontMatter ? [] : stray(context.text))]
  const title = sections.find(({depth}) => depth === 1)
  const lead = [root, ...(title ? [title] : [])].flatMap((section) => leadEntries(section, context))
  return {entries: [...read.entries, ...lead, ...statusSections(sections)], frontMatter, problems}
}

function inside(text: string, {start, end}: {start: number; end: number}): {start: number; end: number} {
  const source = text.slice(start, end)
  const open = /^---[ \t]*(?:\r\n|\n|\r)/u.exec(source)?.[0].length ?? 3
  const close = /(?:\r\n|\n|\r)?---[ \t]*$/u.exec(source)?.index ?? source.length
  return {start: start + open, end: start + Math.max(open, close)}
}

/** Front matter that Markdown doesn't take for one. */
function stray(text: string): readonly SyntaxProblem[] {
  const match =
    /^\uFEFF?(\s*)(---[ \t]*)(\r\n|\n|\r)((?:[A-Za-z_][\w .-]*:(?:[ \t][^\r\n]*)?(?:\r\n|\n|\r))+)(-{3,}[ \t]*)?/u.exec(
      text,
    )
  if (!match) return []
  const bom = text.startsWith('\uFEFF') ? 1 : 0
  const start = bom + (match[1]?.length ?? 0)
  const fence = {start, end: start + 3}
  const closing = match[5]
  if (closing === undefined)
    return [
      {
        ...fence,
        code: 'unclosed',
        message: 'Front matter has no closing `---`',
        help: 'Add a line `---` after the last key.',
      },
    ]
  if (closing.trim().length > 3) {
    const at = match[0].length - closing.length
    return [
      {
        start: at,
        end: at + closing.trimEnd().length,
        code: 'unclosed',
        message: `Front matter ends with \`${closing.trim()}\`, which does not close it`,
        help: 'Write exactly `---`.',
      },
    ]
  }
  return [
    {
      ...fence,
      code: 'not-first',
      message: 'Front matter does not begin on the first line',
      help: 'Delete what stands before the first `---`.',
    },
  ]
}

function leadEntries(section: Section, context: Context): readonly MetadataEntry[] {
  const first = section.blocks.find(
    (block) => block.kind !== 'html' && block.kind !== 'other' && block.kind !== 'quote',
  )
  const table = first?.kind === 'table' && first.header.length === 2 ? tableEntries(first) : []
  const lines = section.fields.filter((field) => field.label.text.length <= 40 && field.fields.length === 0)
  return [...table, ...lines.map((field) => fieldEntry(field, field.style === 'bold' ? 'lines' : 'list', context.text))]
}

function fieldEntry(field: Field, origin: MetadataOrigin, text: string): MetadataEntry {
  const {start, end} = field.value
  const valueSpan = {start, end}
  return {
    start: field.label.start,
    end: Math.max(field.label.end, end),
    key: field.label,
    value: field.value.text,
    valueSpan,
    raw: text.slice(start, end),
    origin,
    inner: new Map(),
  }
}

function tableEntries(table: Table): readonly MetadataEntry[] {
  const rows = [{cells: table.header}, ...table.rows]
  return rows.flatMap(({cells}): readonly MetadataEntry[] => {
    const [key, value] = cells
    if (!key || !value || key.text === '') return []
    const valueSpan = {start: value.start, end: value.end}
    return [
      {
        start: key.start,
        end: value.end,
        key: {...key, text: key.text.replace(/:$/u, '')},
        value: value.text,
        valueSpan,
        raw: value.text,
        origin: 'table',
        inner: new Map(),
      },
    ]
  })
}

/** `## Status` and a word or two, as in ADRs. */
function statusSections(sections: readonly Section[]): readonly MetadataEntry[] {
  return sections.flatMap((section): readonly MetadataEntry[] => {
    const {heading, blocks} = section
    const [only] = blocks
    if (!heading || section.depth > 2 || heading.title.text.toLowerCase() !== 'status') return []
    if (only?.kind !== 'paragraph' || only.text.length > 60) return []
    const valueSpan = {start: only.start, end: only.end}
    return [
      {
        start: heading.start,
        end: only.end,
        key: heading.title,
        value: only.text,
        valueSpan,
        raw: only.text,
        origin: 'section',
        inner: new Map(),
      },
    ]
  })
}
