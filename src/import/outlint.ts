import {basename, dirname, join} from 'node:path/posix'
import type {Json} from '../document/types.ts'
import {problemOf} from '../type/regex.ts'
import {type Declarations, declarationsAt, isMap, mapsOf} from './declarations.ts'
import {constraintsOf} from './outlint-constraints.ts'
import {anyOther, literal, nameOfPattern, withIds} from './sections.ts'
import {placeOf, typeNameOf} from './places.ts'
import type {Imported, ImportedType, Keys, Project} from './types.ts'

const names = /(?:^|\/)(?:[^/]*\.)?outlint\.(?:ya?ml|json)$/u
const rootKeys = new Set(['version', 'options', 'frontmatter', 'outline', 'title', 'sections', 'constraints'])
const ruleKeys = new Set(['id', 'match', 'allow', 'required', 'repeat', 'strict', 'ordered', 'sections', 'constraints'])
const repeats = /^(\d{1,9})\.\.(\d{1,9}|n)$/u

/** `.outlint.yml`, and `NAME.outlint.yml` beside its document. */
export function outlint(project: Project): Imported {
  const read = project.paths.filter((path) => names.test(path)).map((path) => declarationsAt(path, project))
  const types = read.flatMap((one) => ('data' in one ? (typeOf(one, project) ?? []) : []))
  return {types, left: read.flatMap((one) => ('data' in one ? one.left : [one]))}
}

function typeOf(file: Declarations, project: Project): ImportedType | undefined {
  const {data, leave, path} = file
  if (data['outline'] === undefined && data['sections'] === undefined && data['title'] === undefined) {
    leave('', 'the file', 'it declares no outline')
    return undefined
  }
  for (const key of Object.keys(data))
    if (!rootKeys.has(key)) leave(`/${key}`, `\`${key}\``, 'it is no key that is known here')
  const options = isMap(data['options']) ? data['options'] : {}
  if (options['match_case'] === true) leave('/options/match_case', '`match_case`', 'headings are compared in any case')
  const order = options['ordered_sections'] === false ? 'any' : 'strict'
  const {title, scope} = topOf(file, order)
  const stem = basename(path).replace(ending, '')
  const name = typeNameOf(path, stem === 'schema' ? '' : stem)
  const metadata = metadataOf(file, project)
  const json = {
    name,
    description: `Imported from ${path}.`,
    ...(title && {documentTitle: title}),
    ...(metadata && {metadata}),
    outline: {
      ...(scope.order === 'any' && {order: 'any'}),
      sections: withIds(scope.sections) as Json,
      ...(scope.constraints.length > 0 && {constraints: scope.constraints as Json}),
    },
    rules: {'unknown-section': 'error'},
  }
  return {name, from: path, body: {kind: 'type', json}, ...placeOf(path, stem, project)}
}

const ending = /\.?outlint\.\w+$/u

interface Scope {
  readonly sections: readonly Keys[]
  readonly order: 'any' | 'strict'
  readonly constraints: readonly Keys[]
}

/** One rule for the first level is the title; `title` and `sections` are short for it. */
function topOf(file: Declarations, order: Scope['order']): {readonly title: Keys | undefined; readonly scope: Scope} {
  const {data, leave} = file
  const rules = mapsOf(data['outline']).filter(([{allow}]) => allow !== false)
  const [first, ...more] = rules
  if (!first) {
    const match = data['title'] === undefined ? '*' : data['title']
    const scope = scopeOf(data, '', {file, order, closed: false})
    return {title: match === null ? undefined : titleOf(match, '/title', file), scope}
  }
  if (more.length > 0) leave('/outline', 'more than one first-level heading', 'a document of a type has one title')
  const [rule, index] = first
  const at = `/outline/${index}`
  leaveUnknown(rule, at, file)
  return {
    title: titleOf(rule['match'], `${at}/match`, file),
    scope: scopeOf(rule, at, {file, order, closed: rule['strict'] === true}),
  }
}

function titleOf(match: Json | undefined, at: string, {leave}: Declarations): Keys {
  const matcher = matcherOf(match)
  if (!matcher) {
    leave(at, `title \`${String(match)}\``, 'its expression does not compile')
    return {example: 'Title'}
  }
  if (matcher.pattern === '.+') return {example: 'Title'}
  return {pattern: `^(?:${matcher.pattern ?? literal(matcher.heading)})$`, example: matcher.heading}
}

interface Matcher {
  readonly heading: string
  readonly pattern: string | undefined
}

/** `/re/`, `*`, `API: *` or the very words. */
function matcherOf(match: Json | undefined): Matcher | undefined {
  if (typeof match !== 'string' || match === '') return undefined
  if (match === '*') return {heading: 'Section', pattern: '.+'}
  const isRegex = match.length > 2 && match.startsWith('/') && match.endsWith('/')
  if (!isRegex && !match.includes('*')) return {heading: match, pattern: undefined}
  const pattern = isRegex ? match.slice(1, -1).replaceAll('\\/', '/') : match.split('*').map(literal).join('.*')
  return problemOf(pattern) === undefined ? {heading: nameOfPattern(pattern), pattern} : undefined
}

interface Place {
  readonly file: Declarations
  readonly order: Scope['order']
  readonly closed: boolean
}

function scopeOf(owner: Keys, at: string, {file, order, closed}: Place): Scope {
  const own = owner['ordered'] === true ? 'strict' : owner['ordered'] === false ? 'any' : order
  const rules = mapsOf(owner['sections'])
  const denies = rules.filter(([{allow}]) => allow === false)
  for (const [{match}, index] of denies) {
    if (match !== '*')
      file.leave(
        `${at}/sections/${index}`,
        `refusal of \`${String(match)}\``,
        'a type names what is welcome, not single headings that are not',
      )
  }
  const sections = rules
    .filter(([{allow}]) => allow !== false)
    .flatMap(([rule, index]): readonly Keys[] => sectionOf(rule, `${at}/sections/${index}`, file, order))
  const isClosed = closed || denies.some(([{match}]) => match === '*')
  const isFree = sections.some(({pattern}) => pattern === '.+')
  return {
    sections: isClosed || isFree ? sections : [...sections, anyOther],
    order: own,
    constraints: constraintsOf(owner, at, sections, file),
  }
}

function sectionOf(rule: Keys, at: string, file: Declarations, order: Scope['order']): readonly Keys[] {
  leaveUnknown(rule, at, file)
  const matcher = matcherOf(rule['match'])
  if (!matcher) {
    file.leave(`${at}/match`, `matcher \`${String(rule['match'])}\``, 'its expression does not compile')
    return []
  }
  const below =
    rule['sections'] === undefined && rule['strict'] !== true
      ? undefined
      : scopeOf(rule, at, {file, order, closed: rule['strict'] === true})
  const children = below?.sections ?? [anyOther]
  const section = {
    heading: matcher.heading,
    ...(typeof rule['id'] === 'string' && {id: rule['id']}),
    ...(matcher.pattern !== undefined && {pattern: matcher.pattern}),
    ...cardinalityOf(rule),
    ...(below?.order === 'any' && {order: 'any'}),
    ...(children.length > 0 && {children: children as Json}),
    ...(below && below.constraints.length > 0 && {constraints: below.constraints as Json}),
  }
  return [section]
}

/** Without a word on it, a section may be there any number of times. */
function cardinalityOf({required, repeat}: Keys): Keys {
  if (typeof required === 'boolean') return required ? {} : {required: false}
  const [, least = '0', most = 'n'] = repeats.exec(typeof repeat === 'string' ? repeat : '') ?? []
  const min = Number(least)
  return {required: min > 0, repeat: {min, ...(most !== 'n' && {max: Number(most)})}}
}

function leaveUnknown(rule: Keys, at: string, {leave}: Declarations): void {
  for (const key of Object.keys(rule))
    if (!ruleKeys.has(key))
      leave(`${at}/${key}`, `\`${key}\` of \`${String(rule['match'])}\``, 'a type has no word for it')
}

function metadataOf({data, path, leave}: Declarations, project: Project): Keys | undefined {
  const {frontmatter} = data
  if (!isMap(frontmatter)) return undefined
  if (frontmatter['allow'] === false) {
    leave('/frontmatter/allow', '`allow: false`', 'a type refuses no front matter')
    return undefined
  }
  const {schema: given, required} = frontmatter
  const linked = typeof given === 'string' ? declarationsAt(join(dirname(path), given), project) : undefined
  const found = linked ? ('data' in linked ? linked.data : undefined) : given
  if (!isMap(found)) {
    if (given !== undefined) leave('/frontmatter/schema', `schema \`${String(given)}\``, "it can't be read")
    else if (required === true)
      leave('/frontmatter/required', '`required`', 'a type asks for keys of the metadata, not for an empty block')
    return undefined
  }
  const {$schema: _dialect, $id: _id, ...own} = found
  const keys = own['required']
  if (required === true || keys === undefined) return {in: 'frontMatter', schema: own}
  leave('/frontmatter', 'front matter that may be absent', 'a type has required keys or none; here each is optional')
  const {required: _keys, ...rest} = own
  return {in: 'frontMatter', schema: rest}
}
