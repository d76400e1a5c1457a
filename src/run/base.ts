import {SpecLintError} from '../config/error.ts'
import {commitOfEvent, type Environment} from './event.ts'
import {commitOf, type Git, textOf} from './git.ts'

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

function baseOfEvent(env: Environment): string | undefined {
  const branch = env['GITHUB_ACTIONS'] === 'true' ? env['GITHUB_BASE_REF'] : undefined
  return commitOfEvent(env) ?? (branch === undefined || branch === '' ? undefined : `origin/${branch}`)
}
