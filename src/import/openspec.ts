import {dirname} from 'node:path/posix'
import data from '../../schemas/import/openspec.json' with {type: 'json'}
import {typeName} from '../config/templates.ts'
import {type Declarations, declarationsAt, isMap, mapsOf} from './declarations.ts'
import type {Imported, ImportedType, Left, Project} from './types.ts'

const own = 'spec-driven'
const homes = /^(.*?(?:^|\/)openspec)\/(?:specs\/|changes\/|config\.ya?ml$|project\.md$|schemas\/)/u

/** A folder `openspec`: its fixed outlines, or the templates of a workflow of its own. */
export function openspec(project: Project): Imported {
  const folders = new Set(project.paths.flatMap((path) => homes.exec(path)?.[1] ?? []))
  const all = [...folders].map((folder) => inFolder(folder, project))
  return {types: joined(all.flatMap(({types}) => types)), left: all.flatMap(({left}) => left)}
}

/** The outlines are the same in every folder. */
function joined(types: readonly ImportedType[]): readonly ImportedType[] {
  const names = [...new Set(types.filter(({body}) => body.kind === 'type').map(({name}) => name))]
  return [
    ...names.flatMap((name) => {
      const same = types.filter((one) => one.name === name && one.body.kind === 'type')
      return same.slice(0, 1).map((first) => ({...first, globs: same.flatMap(({globs}) => globs)}))
    }),
    ...types.filter(({body}) => body.kind === 'template'),
  ]
}

function inFolder(folder: string, project: Project): Imported {
  const config = project.paths.find((path) => path === `${folder}/config.yaml` || path === `${folder}/config.yml`)
  const read = config === undefined ? undefined : declarationsAt(config, project)
  const left: Left[] = []
  if (read && !('data' in read)) left.push(read)
  const file = read && 'data' in read ? read : undefined
  if (file) leaveProse(file)
  const workflow = typeof file?.data['schema'] === 'string' ? file.data['schema'] : own
  const workflows = project.paths.flatMap((path) => workflowAt(path, folder, project) ?? [])
  const chosen = workflows.find(({name}) => name === workflow)
  if (workflow !== own && !chosen)
    file?.leave(
      '/schema',
      `\`schema: ${workflow}\``,
      'this workflow does not stand in the folder; that of OpenSpec itself is taken',
    )
  return {
    types: [...(chosen ? chosen.types : outlines(folder)), ...(chosen ? outlines(folder).slice(0, 2) : [])],
    left: [...left, ...(file?.left ?? []), ...(chosen?.left ?? [])],
  }
}

function outlines(folder: string): readonly ImportedType[] {
  return data.map(({globs, type}) => ({
    name: type.name,
    from: `${folder}/`,
    body: {kind: 'type', json: type},
    globs: globs.map((glob) => `${folder}/${glob}`),
    narrow: false,
  }))
}

interface Workflow extends Imported {
  readonly name: string
}

/** `openspec/schemas/NAME/schema.yaml` with a template for each artifact. */
function workflowAt(path: string, folder: string, project: Project): Workflow | undefined {
  if (!path.startsWith(`${folder}/schemas/`) || !/\/schema\.ya?ml$/u.test(path)) return undefined
  const file = declarationsAt(path, project)
  if (!('data' in file)) return {name: '', types: [], left: [file]}
  const types = mapsOf(file.data['artifacts']).flatMap(
    ([{id, generates, template}, index]): readonly ImportedType[] => {
      if (typeof generates !== 'string' || typeof template !== 'string') return []
      const place = `${dirname(path)}/templates/${template}`
      if (generates.startsWith('specs/') || !generates.endsWith('.md')) return []
      if (!project.paths.includes(place)) {
        file.leave(`/artifacts/${index}/template`, `template \`${template}\``, 'it is not there')
        return []
      }
      const name = typeName(`openspec-${typeof id === 'string' ? id : generates}`)
      const globs = [`${folder}/changes/*/${generates}`]
      return [{name, from: path, body: {kind: 'template', path: place}, globs, narrow: false}]
    },
  )
  return {name: String(file.data['name']), types, left: file.left}
}

function leaveProse({data: config, leave}: Declarations): void {
  const {rules} = config
  if (isMap(rules))
    for (const key of Object.keys(rules))
      leave(`/rules/${key}`, `rules for \`${key}\``, 'they are sentences for an author, and no check')
}
