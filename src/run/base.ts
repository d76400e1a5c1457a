import {readFileSync} from 'node:fs'
import {SpecLintError} from '../config/error.ts'
import {commitOf, type Git, textOf} from './git.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The commit that a working tree is compared with: where it left the base. Without one, a `SpecLintError`. */
export function mergeBase(git: Git, given: string | undefined, env: Environment): string {
  const name = given ?? baseOfEvent(env) ?? 'origin/HEAD'
  const base = commitOf(git, name)
  if (base === undefined)
    throw new SpecLintError(
      'git',
      given === undefined ? `No base to compare with: \`${name}\` is no commit here` : `\`${given}\` is no commit here`,
      given === undefined && name === 'origin/HEAD'
        ? 'Name it: `--changed=main`; or run `git remote set-head origin --auto`.'
        : 'Name a branch or a commit that was fetched; in a workflow, check out with `fetch-depth: 0`.',
    )
  const common = git.ask(['merge-base', 'HEAD', base])
  if (!common)
    throw new SpecLintError(
      'git',
      `\`HEAD\` and \`${name}\` have no commit in common`,
      'The clone may be shallow: check out with `fetch-depth: 0`.',
    )
  return textOf(common).split('\n', 1)[0] ?? base
}

/** The commit that a workflow of GitHub says its event is based on. */
function baseOfEvent(env: Environment): string | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  const event = eventIn(env['GITHUB_EVENT_PATH'])
  const found = [at(event, 'pull_request', 'base', 'sha'), at(event, 'merge_group', 'base_sha'), at(event, 'before')]
  const commit = found.find((one) => typeof one === 'string' && /^[0-9a-f]{40,64}$/u.test(one) && !/^0+$/u.test(one))
  if (typeof commit === 'string') return commit
  const branch = env['GITHUB_BASE_REF']
  return branch === undefined || branch === '' ? undefined : `origin/${branch}`
}

function eventIn(path: string | undefined): unknown {
  if (path === undefined || path === '') return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  )
}
