import {join, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {findConfig, loadConfig} from '../config/load.ts'
import {isTemplatePath} from '../config/templates.ts'
import {loadTypeFor} from '../config/type-files.ts'
import type {Config, ConfigType} from '../config/types.ts'
import {list} from '../document/words.ts'
import type {SpecType} from '../rule/types.ts'
import {builtinTypes} from '../type/builtin.ts'
import {nearest} from '../type/nearest.ts'
import {known} from './options.ts'

/** The configuration at a path, which is relative to a folder, else the one that holds in the folder. */
export function configOf(path: string | undefined, cwd: string): Config | undefined {
  const found = path === undefined ? findConfig(cwd) : resolve(cwd, path)
  return found === undefined ? undefined : loadConfig(found, known)
}

export interface Named {
  readonly type: SpecType
  readonly configured: ConfigType | undefined
  /** The template that documents of the type are made from. */
  readonly template: {readonly path: string; readonly root: string} | undefined
}

/** A type by its name in the configuration, built in, or by the path of its file or template. */
export function typeNamed(name: string, config: Config | undefined, cwd: string): Named {
  const own = config?.types.find((one) => one.name === name)
  if (config && own) {
    const {type, template} = own
    return {
      type,
      configured: own,
      template: template === undefined ? undefined : {path: join(config.root, template), root: config.root},
    }
  }
  const names = [
    ...new Set([...(config?.types ?? []).map((one) => one.name), ...builtinTypes().map((one) => one.name)]),
  ]
  const [near] = nearest(name, names)
  if (!names.includes(name) && !/[/\\.]/u.test(name))
    throw new SpecLintError(
      'type',
      `There is no type \`${name}\``,
      near === undefined ? `The types are ${list(names)}.` : `Write \`${near}\`.`,
    )
  const type = loadTypeFor(name, cwd, cwd, {})
  return {
    type,
    configured: config?.types.find((one) => one.type.name === type.name),
    template: isTemplatePath(name) ? {path: resolve(cwd, name), root: cwd} : undefined,
  }
}
