import {basename} from 'node:path/posix'
import type {Json} from '../document/types.ts'
import {problemOf} from '../type/regex.ts'
import {type Declarations, countOf, declarationsAt, isMap, mapsOf, stringsOf} from './declarations.ts'
import {frontMatterOf} from './mdschema-fields.ts'
import {anyOther, headingOf, literal, nameOfPattern, withIds} from './sections.ts'
import {placeOf, typeNameOf} from './places.ts'
import type {Imported, ImportedType, Keys, Project} from './types.ts'

const names = /(?:^|\/)(?:[^/]*\.)?mdschema\.ya?ml$/u

/** Why the rest of a section stays behind. */
const untold: Readonly<Record<string, string>> = {
  required_text: "a type doesn't say which words a section holds",
  forbidden_text: "a type doesn't say which words a section must not hold",
  images: 'a type says nothing of images',
  lists: "a type doesn't count lists; name the items as `checklist` or `steps` where they are fixed",
  word_count: 'a type counts no words',
  paragraphs: 'a type counts no paragraphs',
  severity: 'severities are set by rule, in `rules`',
}

const rootKeys: Readonly<Record<string, string>> = {
  rules: 'mdschema itself knows no such key',
}

/** `.mdschema.yml`, and `NAME.mdschema.yml` beside its document. */
export function mdschema(project: Project): Imported {
  const read = project.paths.filter((path) => names.test(path)).map((path) => declarationsAt(path, project))
  const types = read.flatMap((one) => ('data' in one ? (typeOf(one, project) ?? []) : []))
  return {types, left: read.flatMap((one) => ('data' in one ? one.left : [one]))}
}

function typeOf(file: Declarations, project: Project): ImportedType | undefined {
  const {data, leave} = file
  leaveGlobal(file)
  const roots = mapsOf(data['structure']).map(([one, index]) => elementOf(one, `/structure/${index}`, 1, file))
  const [first, ...rest] = roots.flatMap((one) => one ?? [])
  const metadata = frontMatterOf(file)
  if (!first && !metadata) {
    if (data['structure'] === undefined) leave('', 'the file', 'it declares no structure and no front matter')
    return undefined
  }
  const titled = first?.level === 1
  const single = !rest.some(({level}) => level === 1)
  if (titled && !single) leave('/structure', 'more than one first-level heading', 'a document of a type has one title')
  const sections = titled
    ? first.children
    : [first, ...rest].flatMap((one) => (one && one.level > 1 ? [one.section] : []))
  const all = titled && first.open && single ? [...sections, anyOther] : sections
  const stem = basename(file.path).replace(ending, '')
  const name = typeNameOf(file.path, stem)
  const json = {
    name,
    description: `Imported from ${file.path}.`,
    ...(titled && single && first.needed && {documentTitle: first.title}),
    ...(metadata && {metadata}),
    ...(all.length > 0 && {outline: {sections: withIds(all) as Json}}),
    ...(all.length > 0 && (single || !titled) && {rules: {'unknown-section': 'error'}}),
  }
  return {name, from: file.path, body: {kind: 'type', json}, rules: rulesOf(data), ...placeOf(file.path, stem, project)}
}

const ending = /\.?mdschema\.ya?ml$/u

interface Element {
  readonly level: number
  readonly open: boolean
  readonly needed: boolean
  readonly title: Keys
  readonly section: Keys
  readonly children: readonly Keys[]
}

function elementOf(element: Keys, at: string, depth: number, file: Declarations): Element | undefined {
  const heading = headingIn(element['heading'], at, depth, file)
  if (!heading) return undefined
  for (const [key, why] of Object.entries(untold)) {
    if (element[key] !== undefined) file.leave(`${at}/${key}`, `\`${key}\` of \`${heading.heading}\``, why)
  }
  const open = element['allow_additional'] === true
  const below = mapsOf(element['children']).flatMap(
    ([child, index]) => elementOf(child, `${at}/children/${index}`, heading.level + 1, file) ?? [],
  )
  const children = below.map(({section, level}) =>
    level > heading.level + 1 ? {...section, levels: level - heading.level} : section,
  )
  const {description} = element
  const all = open ? [...children, anyOther] : children
  return {
    level: heading.level,
    open,
    needed: countsOf(element)['required'] !== false,
    title: {
      ...(heading.title !== undefined && {pattern: heading.title}),
      example: heading.pattern === '.+' ? 'Title' : heading.heading,
    },
    section: {
      heading: heading.heading,
      ...(heading.pattern !== undefined && {pattern: heading.pattern}),
      ...countsOf(element),
      ...(typeof description === 'string' && description !== '' && {description}),
      ...codeOf(element, at, file),
      ...tableOf(element, at, file),
      ...(all.length > 0 && {children: all}),
    },
    children,
  }
}

interface Named {
  readonly level: number
  readonly heading: string
  /** RE2 over a section's title; `undefined` for its very words. */
  readonly pattern?: string
  /** RE2 over the H1. */
  readonly title?: string
}

function headingIn(value: Json | undefined, at: string, depth: number, {leave}: Declarations): Named | undefined {
  if (typeof value === 'string') {
    const found = headingOf(value)
    if (!found)
      leave(`${at}/heading`, `heading \`${value}\``, 'it does not begin with `#`, so that it names no heading')
    return found && {level: found.level, heading: found.text, title: `^${literal(found.text)}$`}
  }
  const {pattern, expr} = isMap(value) ? value : {}
  if (typeof expr === 'string') {
    leave(
      `${at}/heading`,
      `expression \`${expr}\``,
      'a type compares headings with words and patterns, not with file names',
    )
    return depth === 1 ? {level: 1, heading: 'Title'} : undefined
  }
  if (typeof pattern !== 'string') {
    leave(at, 'an element', 'it has no `heading`')
    return undefined
  }
  const [, marks = '', rest = ''] = /^\^?(#+)\+?\s+(.*?)\$?$/u.exec(pattern) ?? [undefined, '', pattern]
  const level = marks === '' ? depth : marks.length
  const problem = problemOf(rest)
  if (problem !== undefined) {
    leave(
      `${at}/heading`,
      `pattern \`${pattern}\``,
      `it is no regular expression, and mdschema takes it for text that no heading has`,
    )
    return undefined
  }
  const any = rest === '.*' || rest === '.+'
  return {level, heading: nameOfPattern(rest), pattern: any ? '.+' : rest, ...(!any && {title: `^(?:${rest})$`})}
}

function countsOf(element: Keys): Keys {
  const {count} = element
  if (!isMap(count)) return element['optional'] === true ? {required: false} : {}
  const min = countOf(count['min']) ?? 0
  const max = countOf(count['max']) ?? 0
  return {required: min > 0, repeat: {min, ...(max > 0 && {max})}}
}

function codeOf(element: Keys, at: string, {leave}: Declarations): Keys {
  const rules = mapsOf(element['code_blocks'])
  const languages = rules.flatMap(([{lang}]) => (typeof lang === 'string' && lang !== '' ? [lang] : []))
  for (const [rule, index] of rules) {
    if ((countOf(rule['min']) ?? 0) > 1 || rule['max'] !== undefined)
      leave(`${at}/code_blocks/${index}`, 'the number of code blocks', 'a type says that there is code, not how much')
  }
  const needed = rules.filter(([rule]) => (countOf(rule['min']) ?? 0) > 0)
  if (needed.length > 1 && languages.length > 1)
    leave(`${at}/code_blocks`, 'several languages, each required', 'a type asks for code in one of them')
  return needed.length === 0 ? {} : {code: {languages: [...new Set(languages)], required: true, others: true}}
}

function tableOf(element: Keys, at: string, {leave}: Declarations): Keys {
  const [first, ...more] = mapsOf(element['tables'])
  if (!first) return {}
  const [rule] = first
  const columns = stringsOf(rule['required_headers'])
  if (columns.length === 0 || more.length > 0 || rule['max'] !== undefined || rule['min_columns'] !== undefined)
    leave(`${at}/tables`, 'the number of tables or columns', 'a type names the columns of a table and counts neither')
  return columns.length === 0 ? {} : {table: {columns, required: (countOf(rule['min']) ?? 0) > 0}}
}

function leaveGlobal({data, leave}: Declarations): void {
  const {links, heading_rules: headings} = data
  for (const [key, why] of Object.entries(rootKeys)) if (data[key] !== undefined) leave(`/${key}`, `\`${key}\``, why)
  if (isMap(links)) {
    for (const key of ['validate_external', 'allowed_domains', 'blocked_domains'])
      if (links[key] !== undefined && links[key] !== false)
        leave(
          `/links/${key}`,
          `\`${key}\``,
          'nothing is asked of the network; the rule `link-target` checks files and anchors',
        )
  }
  if (!isMap(headings)) return
  for (const key of ['unique', 'unique_per_level'])
    if (headings[key] === true)
      leave(
        `/heading_rules/${key}`,
        `\`${key}\``,
        'only headings of one section are compared; the same heading elsewhere is welcome',
      )
  if (headings['max_depth'] !== undefined) leave('/heading_rules/max_depth', '`max_depth`', 'a type limits no depth')
}

/** Rules that mdschema has by other names. */
function rulesOf({heading_rules: headings}: Keys): Readonly<Record<string, string>> {
  if (!isMap(headings)) return {}
  return {
    ...(headings['no_skip_levels'] === true && {'remark-lint/heading-increment': 'error'}),
    ...((headings['unique'] === true || headings['unique_per_level'] === true) && {
      'remark-lint/no-duplicate-headings-in-section': 'error',
    }),
  }
}
