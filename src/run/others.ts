import {dirname} from 'node:path'
import type {Question} from '../lint/questions.ts'
import {canonicalId} from '../type/id-form.ts'
import {staleEntries} from './baseline.ts'
import {type Discovered, discover} from './discover.ts'
import type {Fact} from './engine.ts'
import {type Gathered, learn} from './gather.ts'
import {fileResultOf, type Known} from './known.ts'
import {memberAt} from './member.ts'
import type {RunOptions} from './options.ts'
import {fileSettings, type Finders, readFor} from './read.ts'

/**
 * The other documents of the project, where only some were named (as hooks do) and what was found in these can't be told without
 * them: an identifier that none of these defines, or a problem of the baseline that two documents have together. They are known
 * from then on; the project is not searched where nothing hangs on it.
 */
export async function othersFor(
  found: Discovered,
  known: ReadonlyMap<string, Known>,
  gathered: Gathered,
): Promise<readonly Fact[]> {
  if (!found.byName) return []
  const {finders, options} = gathered
  const members = [...known.keys()].map((path) => memberAt(path, finders, options))
  const files = [...known].map(([path, one]) => fileResultOf(path, one, gathered))
  const paths = othersThat(
    {
      files: found.files,
      questions: [...known.values()].flatMap(({questions}) => questions),
      isStale: staleEntries(members, files, options).length > 0,
    },
    finders,
    options,
  )
  return paths.length === 0 ? [] : learn(paths, gathered)
}

interface Alone {
  /** Absolute paths of those that are known. */
  readonly files: readonly string[]
  readonly questions: readonly Question[]
  /** Whether a problem of the baseline did not occur. */
  readonly isStale: boolean
}

/** Of the other Markdown files around some, those that what was found in these may hang on; absolute paths. */
export function othersThat(
  {files, questions, isStale}: Alone,
  finders: Finders,
  options: RunOptions,
): readonly string[] {
  const open = questions.flatMap(({ask, of, answer}) => (ask === 'defining' && answer === '' ? [of] : []))
  if (open.length === 0 && !isStale) return []
  const known = new Set(files)
  const roots = [...new Set(files.map((path) => finders.workspaceOf(path).root))]
  const others = discover(roots, {...options, errorOnUnmatched: false}).files.filter((path) => !known.has(path))
  const forms = [...new Set(open)].map(formOf)
  if (isStale) return others
  return others.filter((path) => {
    const text = textOf(path, finders, options)
    return forms.some((form) => form.test(text))
  })
}

/** However many zeros an identifier is written with. */
function formOf(id: string): RegExp {
  return new RegExp(canonicalId(id).replaceAll('.', '\\.').replace(/\d+/gu, '0{0,9}$&(?!\\d)'), 'u')
}

function textOf(path: string, {configOf, workspaceOf}: Finders, options: RunOptions): string {
  const {ignored, limits} = fileSettings(path, configOf(dirname(path)), options)
  const read = ignored ? undefined : readFor(path, workspaceOf(path).root, options, limits)
  return read && 'text' in read ? read.text : ''
}
