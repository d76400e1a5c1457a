import {dirname} from 'node:path/posix'
import {typeName} from '../config/templates.ts'
import type {Json} from '../document/types.ts'
import {type Declarations, declarationsAt, isMap, stringsOf} from './declarations.ts'
import {anyOther, headingOf, literal, withIds} from './sections.ts'
import type {Imported, ImportedType, Keys, Project} from './types.ts'

const names =
  /(?:^|\/)(?:\.markdownlint\.(?:jsonc?|ya?ml)|\.markdownlintrc|(?:[^/]*)\.?markdownlint-cli2\.(?:jsonc|ya?ml))$/u
const programs = /(?:^|\/)(?:\.markdownlint|[^/]*\.?markdownlint-cli2)\.(?:cjs|mjs)$/u
const inDocument = /<!--\s*markdownlint-configure-file\b[^>]*\b(?:MD043|required-headings|required-headers)\b/u
const headingRules = ['MD043', 'required-headings', 'required-headers']
const wild = new Set(['*', '+'])

/** MD043 says which headings a document has; all other rules are on how Markdown is written. */
export function markdownlint(project: Project): Imported {
  const read = project.paths.filter((path) => names.test(path)).map((path) => declarationsAt(path, project))
  const types = read.flatMap((one) => ('data' in one ? typesOf(one) : []))
  const others = [
    ...project.paths
      .filter((path) => programs.test(path))
      .map((file) => ({file, line: 1, what: 'the file', why: 'it is a program, and none is run'})),
    ...project.paths.filter((path) => path.endsWith('.md')).flatMap((path) => inDocumentOf(path, project)),
  ]
  return {types: numbered(types), left: [...read.flatMap((one) => ('data' in one ? one.left : [one])), ...others]}
}

function inDocumentOf(path: string, project: Project): Imported['left'] {
  const text = project.text(path) ?? ''
  const at = text.search(inDocument)
  if (at < 0) return []
  const line = text.slice(0, at).split('\n').length
  return [{file: path, line, what: 'MD043 in a comment', why: 'it holds for this one document; a type holds for many'}]
}

function typesOf(file: Declarations): readonly ImportedType[] {
  const {data, path, leave} = file
  const folder = dirname(path) === '.' ? '' : `${dirname(path)}/`
  const globs = stringsOf(data['globs']).filter((glob) => !/^(?:\/|\.\.|#)/u.test(glob))
  const config = isMap(data['config']) ? {map: data['config'], at: '/config'} : {map: data, at: ''}
  const own = typeOf(config.map, config.at, file)
  const overrides = Array.isArray(data['overrides']) ? (data['overrides'] as readonly Json[]) : []
  const others = overrides.flatMap((one, index) => {
    if (!isMap(one) || !isMap(one['config'])) return []
    const type = typeOf(one['config'], `/overrides/${index}/config`, file)
    return type ? [{...type, globs: stringsOf(one['files']), narrow: false}] : []
  })
  leaveRest(config.map, config.at, leave)
  const placed = own && {
    ...own,
    ...(globs.length > 0
      ? {globs: globs.map((glob) => folder + glob), narrow: true}
      : {globs: [`${folder}**/*.md`], narrow: true}),
  }
  return [...(placed ? [placed] : []), ...others.filter((one) => one.globs.length > 0)]
}

function typeOf(
  config: Keys,
  at: string,
  file: Declarations,
): Pick<ImportedType, 'name' | 'from' | 'body'> | undefined {
  const key = headingRules.find((name) => isMap(config[name]))
  const setting = key === undefined ? undefined : config[key]
  if (key === undefined || !isMap(setting)) return undefined
  const lines = stringsOf(setting['headings'])
  if (lines.length === 0) return undefined
  const place = `${at}/${key}/headings`
  const {title, sections} = outlineOf(lines, place, file)
  if (setting['match_case'] === true)
    file.leave(`${at}/${key}/match_case`, '`match_case`', 'headings are compared in any case')
  const folder = dirname(file.path)
  const word = /([a-z][a-z0-9-]*)\.markdownlint-cli2/i.exec(file.path)?.[1] ?? (folder === '.' ? 'document' : folder)
  const name = typeName(word)
  const json = {
    name,
    description: `Imported from MD043 in ${file.path}.`,
    ...(title && {documentTitle: title}),
    outline: {sections: withIds(sections) as Json},
    rules: {'unknown-section': 'error'},
  }
  return {name, from: file.path, body: {kind: 'type', json}}
}

/** A flat list of headings as a tree; `*`, `+` and `?` stand for headings that aren't named. */
function outlineOf(
  lines: readonly string[],
  at: string,
  {leave}: Declarations,
): {readonly title: Keys | undefined; readonly sections: readonly Keys[]} {
  const [first, ...others] = lines
  const named = first === undefined || wild.has(first) ? undefined : headingOf(first)
  const title =
    named?.level === 1
      ? {pattern: `^${literal(named.text)}$`, example: named.text}
      : first === '?'
        ? {example: 'Title'}
        : undefined
  const rest = title ? others : lines
  const open = rest.some((line) => wild.has(line) || line === '?')
  for (const [index, line] of rest.entries()) {
    const place = `${at}/${index + lines.length - rest.length}`
    if (wild.has(line))
      leave(place, `\`${line}\``, 'headings that are not named are welcome everywhere, not in this place alone')
    else if (line === '?') leave(place, '`?`', 'a type knows no single heading without a name')
    else if (!headingOf(line)) leave(place, `heading \`${line}\``, 'it does not begin with `#`')
  }
  const found = rest.flatMap((line) => headingOf(line) ?? []).filter(({level}) => level > 1)
  const top = Math.min(...found.map(({level}) => level))
  return {title, sections: found.length === 0 ? [] : treeOf(found, top, open)}
}

type Line = {readonly level: number; readonly text: string}

function treeOf(lines: readonly Line[], level: number, open: boolean): readonly Keys[] {
  const starts = lines.flatMap((line, index) => (line.level <= level ? [index] : []))
  const sections = starts.map((start, index) => {
    const children = treeOf(lines.slice(start + 1, starts[index + 1]), level + 1, open)
    return {heading: lines[start]?.text ?? '', ...(children.length > 0 && {children: children})}
  })
  return open ? [...sections, anyOther] : sections
}

function leaveRest(config: Keys, at: string, leave: Declarations['leave']): void {
  const rules = Object.keys(config).filter((key) => /^MD\d{3}$/u.test(key) || /^[a-z]+(?:-[a-z0-9]+)+$/u.test(key))
  const others = rules.filter((key) => !headingRules.includes(key) && config[key] !== false)
  const [first] = others
  if (first === undefined) return
  if (others.length === 1)
    leave(`${at}/${first}`, `\`${first}\``, 'it is on how Markdown is written; keep markdownlint for it')
  else
    leave(
      `${at}/${first}`,
      `\`${first}\` and ${others.length - 1} other ${others.length === 2 ? 'rule' : 'rules'}`,
      'they are on how Markdown is written; keep markdownlint for them',
    )
}

/** Two types of one name are two types. */
function numbered(types: readonly ImportedType[]): readonly ImportedType[] {
  const taken = new Map<string, number>()
  return types.map((type) => {
    const count = (taken.get(type.name) ?? 0) + 1
    taken.set(type.name, count)
    return count === 1 ? type : {...type, name: `${type.name}-${count}`}
  })
}
