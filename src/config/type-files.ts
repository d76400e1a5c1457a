import {dirname, resolve} from 'node:path'
import type {SpecType} from '../rule/types.ts'
import {builtinJson, builtinTypes} from '../type/builtin.ts'
import {type Loaded, loadType} from '../type/load.ts'
import {nearest} from '../type/nearest.ts'
import {SpecLintError} from './error.ts'
import {readTextFile} from './files.ts'
import {inferFrom, isTemplatePath, nameOf, typeName} from './templates.ts'
import {type DataFile, readData} from './yaml.ts'

interface Place {
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

const largest = 262_144

/** The type that a template below the root describes, under a name. */
export function loadTemplateFor(reference: string, folder: string, root: string, at: Place, name: string): SpecType {
  const {json} = inferFrom(resolve(folder, reference), root, reference, at, typeName(name))
  const before = compiled.get(json)
  if (before) return before
  const type = typeOr(loadType(json, builtinJson), {file: resolve(folder, reference)})
  compiled.set(json, type)
  return type
}

/** A template that did not change is one type. */
const compiled = new WeakMap<object, SpecType>()

/** The type that a configuration or a flag names: a built-in one, a type file or a template below the root. */
export function loadTypeFor(reference: string, folder: string, root: string, at: Place): SpecType {
  const builtin = builtinTypes().find(({name}) => name === reference)
  if (builtin) return builtin
  if (isTemplatePath(reference)) return loadTemplateFor(reference, folder, root, at, nameOf(reference))
  if (!/[/\\]|\.(?:json|ya?ml)$/u.test(reference)) throw unknownType(reference, at)
  const file = readTypeFile(resolve(folder, reference), root, reference, at)
  const folders = new Map<unknown, DataFile>([[file.data, file]])
  let current = file
  const loaded = loadType(file.data, (name) => {
    const json = builtinJson(name)
    if (json !== undefined) return json
    if (isTemplatePath(name)) {
      const inferred = inferFrom(resolve(dirname(current.path), name), root, name, {file: current.path})
      folders.set(inferred.json, current)
      return inferred.json
    }
    if (!/[/\\]|\.(?:json|ya?ml)$/u.test(name)) return undefined
    current = readTypeFile(resolve(dirname(current.path), name), root, name, {file: current.path})
    folders.set(current.data, current)
    return current.data
  })
  const [first] = 'problems' in loaded ? loaded.problems : []
  return typeOr(loaded, first && folders.size === 1 ? file.placeOf(first.path) : {file: file.path})
}

function typeOr(loaded: Loaded, place: Place): SpecType {
  if ('type' in loaded) return loaded.type
  const [first] = loaded.problems
  throw new SpecLintError('type', first?.message ?? "The type can't be read", first?.help ?? 'Correct it.', place)
}

function unknownType(reference: string, at: Place): SpecLintError {
  const names = builtinTypes().map(({name}) => name)
  const [near] = nearest(reference, names)
  const help =
    near === undefined
      ? `The built-in types are ${names.map((name) => `\`${name}\``).join(', ')}; a type of your own is a relative path such as \`./schemas/rfc.spec.json\`.`
      : `Write \`${near}\`.`
  return new SpecLintError('type', `There is no type \`${reference}\``, help, at)
}

function readTypeFile(path: string, root: string, reference: string, at: Place): DataFile {
  const read = readTextFile(path, root, largest)
  if ('problem' in read)
    throw new SpecLintError(
      'type',
      `The type \`${reference}\` can't be read. ${read.problem.message}`,
      'Write the path of a type file below the configuration.',
      at,
    )
  return readData(path, read.text)
}
