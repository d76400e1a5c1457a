import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {rules} from '../../rules/index.ts'
import type {SpecType} from '../../src/rule/types.ts'
import {root} from './cli.ts'
import {builtinType, typeOf} from './lint.ts'

export interface Case {
  readonly name: string
  readonly text: string
  readonly type: SpecType | undefined
}

const fixtures = join(root, 'fixtures')

/** Every document of the fixtures, of the rules and of the types. */
export const cases: readonly Case[] = [
  ...rules.flatMap(({id}) => casesIn(join(fixtures, 'rules', id), typeOf(join(fixtures, 'rules', id)))),
  ...readdirSync(join(fixtures, 'types')).flatMap((name) => casesIn(join(fixtures, 'types', name), builtinType(name))),
]

function casesIn(folder: string, type: SpecType | undefined): readonly Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({
      name: join(folder, name).slice(fixtures.length + 1),
      text: readFileSync(join(folder, name), 'utf8'),
      type,
    }))
}
