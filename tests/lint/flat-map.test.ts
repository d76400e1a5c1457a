import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {build, type Plugin} from 'rolldown'
import {expect, test} from 'vitest'
import {root} from '../support/cli.ts'

interface Given {
  readonly all: readonly (readonly number[])[]
  readonly maybe?: Given | undefined
}

/** Each way in which a call may be written, one on a line. */
const calls = [
  'all.flatMap((one) => one)',
  'all.flatMap((one, index) => [index, one])',
  'all.flatMap((one, index, whole) => whole.length + index)',
  'all.flatMap((one) => (one.length > 1 ? one : []))',
  '[...all, [1]].flatMap((one) => one.flatMap((inner) => [inner, [inner]]))',
  '(all.length > 1 ? all : [])\n  // Behind a line of its own.\n  .flatMap((one) => one)\n  .flatMap((one) => [one, one])',
  'all.flatMap((one) => one).map(String).flatMap((one) => one)',
  'maybe?.all.flatMap((one) => one)',
  'maybe?.all?.flatMap((one) => one)',
  '(maybe ?? {all}).all.flatMap(function (one) { return one }).length',
  'all.flatMap(function () { return this.of }, {of: 1})',
  'all["flatMap"]((one) => one)',
] as const

test('what is published finds with loops what the source does with flatMap', {timeout: 60_000}, async () => {
  const {flatMapAsLoop} = (await import(pathToFileURL(join(root, '.ci/flat-map.mjs')).href)) as {
    readonly flatMapAsLoop: () => Plugin
  }
  const input = join(root, 'build', `flat-map-${process.pid}.js`)
  const file = join(root, 'build', `flat-map-${process.pid}.mjs`)
  writeFileSync(input, `export const ways = [\n${calls.map((call) => `({all, maybe}) => ${call}`).join(',\n')}\n]\n`)
  const {output} = await build({input, output: {file, format: 'esm'}, plugins: [flatMapAsLoop()], logLevel: 'silent'})
  type Ways = {readonly ways: readonly ((given: Given) => unknown)[]}
  const {ways} = (await import(pathToFileURL(input).href)) as Ways
  const {ways: loops} = (await import(pathToFileURL(file).href)) as Ways
  for (const one of [input, file]) rmSync(one)
  // Those behind `?.`, that which gives a `this`, and that which is called by a text stay as they are.
  expect(output[0].code.match(/\bflatMap\b/gu)).toHaveLength(4)
  const all = fc.array(fc.array(fc.integer()))
  fc.assert(
    fc.property(all, fc.option(all, {nil: undefined}), (some, others) => {
      const given = {all: some, maybe: others && {all: others}}
      expect(loops.map((way) => way(given))).toEqual(ways.map((way) => way(given)))
    }),
  )
})
