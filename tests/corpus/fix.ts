import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {mostPasses} from '../../src/lint/fix.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {added, fixed, idle, toFillIn} from '../support/fixing.ts'
import {findingsOf} from '../support/lint.ts'

// Run by hand, over documents that are not ours: `SPEC_LINT_CORPUS=folder npx vitest run`.

const folder = process.env['SPEC_LINT_CORPUS'] ?? ''
const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter((path) => path.endsWith('.md'))
  .toSorted()

/**
 * A section that was added asks for its parts; those that a foreign document has elsewhere it wants below itself. What defines the
 * requirements is there from now on, and what the document names has to be defined in it; the same of its schema and migration.
 */
const asked =
  /^(?:required-sections: Section .+ (?:stands under|is missing)|list-items: Section .+ lacks|reference-exists: .+ is defined nowhere|migration-required: .+ has no section)/u

test.for(paths.flatMap((path) => builtinTypes().map((type) => [`${path} as ${type.name}`, path, type] as const)))(
  'fixes of %s',
  ([, path, type]) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const before = findingsOf(text, rules, type)
    expect(before.filter(({ruleId}) => ruleId === 'internal-error')).toEqual([])
    expect(before.flatMap((finding) => idle(finding, text))).toEqual([])
    for (const unsafe of [false, true]) {
      if (!before.some(({fix}) => fix && (unsafe || fix.safety === 'safe'))) continue
      const {text: after, left, texts} = fixed(text, type, unsafe)
      expect(texts.length).toBeLessThanOrEqual(mostPasses)
      expect(new Set(texts).size).toBe(texts.length)
      expect(fixed(after, type, unsafe).text).toBe(after)
      expect(added(before, left).filter((one) => !unsafe || !(toFillIn.test(one) || asked.test(one)))).toEqual([])
      const lf = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/u, '')
      if (!unsafe || lf.includes('\r')) continue
      const plain = fixed(lf, type, unsafe).text
      expect(fixed(lf.replaceAll('\n', '\r\n'), type, unsafe).text).toBe(plain.replaceAll('\n', '\r\n'))
      expect(fixed(`\uFEFF${lf}`, type, unsafe).text).toBe(`\uFEFF${plain}`)
    }
  },
)
