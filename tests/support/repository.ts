import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {folder} from './cli.ts'

export interface Repository {
  readonly path: string
  readonly remove: () => void
  git(...args: readonly string[]): string
  /** Writes files; `undefined` deletes one. */
  write(files: Readonly<Record<string, string | undefined>>): void
  /** Commits everything. */
  commit(): string
}

/** A real repository with one commit on `main`. */
export function repository(files: Readonly<Record<string, string | Buffer>>): Repository {
  const {path, remove} = folder(files)
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trimEnd()
  git('init', '-q', '-b', 'main')
  const commit = (): string => {
    git('add', '-A')
    git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'Change')
    return git('rev-parse', 'HEAD')
  }
  commit()
  return {
    path,
    remove,
    git,
    commit,
    write: (changed) => {
      for (const [name, text] of Object.entries(changed)) {
        if (text === undefined) git('rm', '-q', '--', name)
        else {
          mkdirSync(dirname(join(path, name)), {recursive: true})
          writeFileSync(join(path, name), text)
        }
      }
    },
  }
}
