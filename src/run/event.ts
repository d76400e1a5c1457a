import {readFileSync} from 'node:fs'

export type Environment = Readonly<Record<string, string | undefined>>

/** The commit that a workflow of GitHub says its event is based on; `undefined` outside of one. */
export function commitOfEvent(env: Environment): string | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  const event = eventIn(env['GITHUB_EVENT_PATH'])
  const found = [at(event, 'pull_request', 'base', 'sha'), at(event, 'merge_group', 'base_sha'), at(event, 'before')]
  const commit = found.find((one) => typeof one === 'string' && /^[0-9a-f]{40,64}$/u.test(one) && !/^0+$/u.test(one))
  return typeof commit === 'string' ? commit : undefined
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
