import {basename, dirname} from 'node:path/posix'
import data from '../../schemas/import/spec-kit.json' with {type: 'json'}
import type {TypeJson} from '../type/load.ts'
import type {Imported, ImportedType, Left, Project} from './types.ts'

const templates = /(?:^|\/)\.specify\/templates\/(?:overrides\/)?([a-z0-9-]+)-template\.md$/u
const feature = /^\d{3,}-/u

/** Which document each template becomes, below the folder of a feature. */
const documents: ReadonlyMap<string, string> = new Map([
  ['spec', 'spec.md'],
  ['plan', 'plan.md'],
  ['tasks', 'tasks.md'],
  ['checklist', 'checklists/*.md'],
])

/** Templates whose parts are samples for an agent to replace: what their documents still have in common. */
const samples: ReadonlyMap<string, TypeJson> = new Map(
  Object.entries(data).map(([name, type]) => [name, type as TypeJson]),
)

const reasons: ReadonlyMap<string, string> = new Map([
  ['constitution', 'there is one such document; name it in `types` if it is to be held against its template'],
  ['agent-file', 'what it becomes is written for an agent, and by a program'],
])

/** `.specify/templates`: each template is a type as it stands. */
export function specKit(project: Project): Imported {
  const found = new Map<string, string>()
  for (const path of project.paths) {
    const name = templates.exec(path)?.[1]
    // An override stands in the place of what it overrides.
    if (name !== undefined && (!found.has(name) || path.includes('/overrides/'))) found.set(name, path)
  }
  const left: Left[] = []
  const types = [...found].flatMap(([name, path]): readonly ImportedType[] => {
    const document = documents.get(name)
    if (document === undefined) {
      const why = reasons.get(name) ?? 'no document is known to be made from it'
      left.push({file: path, line: 1, what: 'the template', why})
      return []
    }
    const globs = featuresIn(project).map((folder) => `${folder}/*/${document}`)
    const sample = samples.get(name)
    if (sample)
      left.push({
        file: path,
        line: 1,
        what: 'the tasks, items and sections of the template',
        why: 'they are samples by its own words',
      })
    const body: ImportedType['body'] = sample ? {kind: 'type', json: sample} : {kind: 'template', path}
    return [{name: `spec-kit-${name}`, from: path, body, globs, narrow: false}]
  })
  return {types, left}
}

/** Folders that hold `001-name/spec.md`. */
function featuresIn({paths}: Project): readonly string[] {
  const found = paths.filter((path) => basename(path) === 'spec.md' && feature.test(basename(dirname(path))))
  const folders = new Set(
    found.map((path) => dirname(dirname(path))).filter((folder) => folder !== '.' && !folder.startsWith('.')),
  )
  return folders.size === 0 ? ['specs'] : [...folders]
}
