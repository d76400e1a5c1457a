import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {folder, type Outcome, root, run} from '../support/cli.ts'

const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')
const faulty = clean.replace(/^status: .*$/mu, 'status: "Parked"')

let remove: () => void = () => undefined
afterEach(() => remove())

function lint(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ['.', '--format', 'compact'],
): Outcome {
  // Each document has a number of its own: two with one are a finding.
  const numbered = Object.entries(files).map(([name, text], index) => [
    name,
    text.replace('# 12 –', `# ${12 + index} –`),
  ])
  const made = folder(Object.fromEntries(numbered) as Record<string, string>)
  remove = made.remove
  return run(made.path, args)
}

describe('mistakes are shown with their place and the way out', () => {
  test.for([
    [
      'an unknown key',
      'rles:\n  status-enum: off\n',
      'spec-lint.yaml:1:1: `rles` is no key of a configuration\n  Write `rules`.',
    ],
    [
      'an unknown rule',
      'rules:\n  status-enm: off\n',
      'spec-lint.yaml:2:3: `status-enm` is no rule\n  Write `status-enum`.',
    ],
    [
      'an unknown severity',
      'rules:\n  status-enum: eror\n',
      'spec-lint.yaml:2:16: `eror` is no severity\n  Write `error`.',
    ],
    [
      'an unknown option',
      'rules:\n  no-placeholder: [error, {alow: []}]\n',
      'spec-lint.yaml:2:28: `alow` is no option of this rule\n  Write `allow`.',
    ],
    [
      'a wrong option',
      'rules:\n  migration-name-format: [error, {preset: flywy}]\n',
      "spec-lint.yaml:2:43: Option `preset` of rule `migration-name-format` can't be `flywy`\n  Write `flyway`; `spec-lint explain migration-name-format` lists the options.",
    ],
    [
      'an unknown type',
      'types:\n  prdd:\n    files: ["**"]\n',
      'spec-lint.yaml:2:3: There is no type `prdd`\n  Write `prd`.',
    ],
    ['a type without files', 'types:\n  prd: {}\n', 'spec-lint.yaml:2:3: `prd` has no `files`\n  Add `files`.'],
    [
      'a type file that is not there',
      'types:\n  x:\n    files: ["**"]\n    type: ./x.json\n',
      "spec-lint.yaml:4:11: The type `./x.json` can't be read. There is no such file",
    ],
    [
      'a type file outside of the root',
      'types:\n  x:\n    files: ["**"]\n    type: ../../../etc/hostname.json\n',
      "spec-lint.yaml:4:11: The type `../../../etc/hostname.json` can't be read.",
    ],
    ['a pattern that leaves the root', 'ignore: ["../x"]\n', "spec-lint.yaml:1:10: The pattern `../x` can't be used"],
    ['a key twice', 'rules: {}\nrules: {}\n', 'spec-lint.yaml:2:1: `rules` is set twice\n  Keep one of the two.'],
    ['an alias', 'rules: &a {}\nignore: *a\n', 'spec-lint.yaml:1:11: Anchors and aliases are not read here'],
    ['a tag', 'rules: !!js/function "x"\n', 'spec-lint.yaml:1:22: Tags are not read here'],
    ['no YAML', 'rules: [\n', 'spec-lint.yaml:2:1: It is not YAML'],
    ['no map', '- rules\n', 'spec-lint.yaml:1:1: A configuration is a map of keys'],
    ['a base that is not there', 'extends: ./base.yaml\n', 'spec-lint.yaml:1:10: `extends: ./base.yaml` names no file'],
    ['a circle', 'extends: ./spec-lint.yaml\n', 'spec-lint.yaml:1:10: `extends: ./spec-lint.yaml` goes in a circle'],
  ] as const)('%s', ([, config, words]) => {
    const {code, stderr, stdout} = lint({'spec-lint.yaml': config, 'a.md': clean})
    expect(stderr).toContain(words)
    expect(code).toBe(2)
    expect(stdout).toBe('')
  })

  test('two configurations in one place', () => {
    expect(lint({'spec-lint.yaml': '', 'spec-lint.json': '{}', 'a.md': clean}).stderr).toMatch(
      /There are two configurations/u,
    )
  })

  test('a type file with a mistake', () => {
    const type = (more: object): string =>
      JSON.stringify({name: 'x', title: 'X', description: 'X.', outline: {sections: []}, ...more}, undefined, 1)
    const config = 'types:\n  x:\n    files: ["**"]\n    type: ./x.json\n'
    const mistakes: readonly (readonly [object, RegExp])[] = [
      [{outlines: {}}, /x\.json:\d+:\d+: `outlines` is no key of a type here\n {2}Write `outline`/u],
      [{metadata: {in: 'lines', schema: {type: 'objekt'}}}, /x\.json:\d+:\d+: The schema does not compile/u],
      [{documentTitle: {pattern: '(?=x)', example: 'x'}}, /x\.json:\d+:\d+: The pattern does not compile/u],
      [
        {metadata: {in: 'lines', schema: {$ref: 'https://example.org/x.json'}}},
        /`\$ref: https:\/\/example\.org\/x\.json` leaves the file/u,
      ],
      [{outline: {sections: ['A', 'A']}}, /Two sections have the id `a`/u],
      [{extends: 'prdd'}, /`extends: prdd` names no type/u],
    ]
    for (const [more, words] of mistakes) {
      const {code, stderr} = lint({'spec-lint.yaml': config, 'x.json': type(more), 'a.md': clean})
      expect(stderr).toMatch(words)
      expect(code).toBe(2)
      remove()
    }
  })
})

describe('what a configuration does', () => {
  test('types by files; nothing else is linted', () => {
    const {stdout} = lint({
      'spec-lint.yaml': 'types:\n  prd: {files: ["docs/**", "!docs/old/**"]}\n',
      'docs/a.md': faulty,
      'docs/old/b.md': faulty,
      'c.md': faulty,
    })
    expect(stdout).toMatch(/^docs\/a\.md:3:9: error/mu)
    expect(stdout).toMatch(/1 of 1 file; skipped: 2 of no type/u)
  })

  test('a type of its own that extends a built-in one', () => {
    const type = JSON.stringify({
      name: 'ours',
      title: 'Ours',
      description: 'Ours.',
      extends: 'prd',
      outline: {
        sections: [
          {heading: 'Cost', after: 'configuration'},
          {heading: 'Future Enhancements', remove: true},
        ],
      },
    })
    const {stdout} = lint({
      'spec-lint.yaml': 'types:\n  ours: {files: ["*.md"], type: ./ours.json}\n',
      'ours.json': type,
      'a.md': clean,
    })
    expect(stdout).toMatch(/^a\.md:\d+:\d+: error: Section `Cost` is missing \[required-sections\]$/mu)
    expect(stdout).toMatch(/^1 error in 1 of 1 file/mu)
  })

  test('rules, the rules of a type, and overrides, each over the one before', () => {
    const config =
      'rules: {status-enum: off}\ntypes:\n  prd: {files: ["**"], rules: {status-enum: warn}}\noverrides:\n  - files: ["strict/**"]\n    rules: {status-enum: error}\n'
    const {stdout} = lint({'spec-lint.yaml': config, 'a.md': faulty, 'strict/b.md': faulty})
    expect(stdout).toMatch(/^a\.md:3:9: warning: /mu)
    expect(stdout).toMatch(/^strict\/b\.md:3:9: error: /mu)
    expect(stdout).toMatch(/^1 error, 1 warning/mu)
  })

  test('a severity alone keeps the options of the base', () => {
    const token = clean.replace('## 4. Configuration\n', '## 4. Configuration\n\n[Feature Name]\n')
    const files = {
      'base.yaml': 'rules: {no-placeholder: [error, {allow: ["[Feature Name]"]}], section-numbering: off}\n',
      'spec-lint.yaml': 'extends: ./base.yaml\nrules: {no-placeholder: warn}\n',
      'a.md': token,
    }
    expect(lint(files).stdout).toMatch(/^No problems in 1 file/mu)
  })

  test('the nearest configuration holds, and --no-config none', () => {
    const files = {
      'spec-lint.yaml': 'rules: {status-enum: off}\n',
      'a.md': faulty,
      'sub/spec-lint.yaml': 'rules: {status-enum: info}\n',
      'sub/b.md': faulty,
    }
    expect(lint(files).stdout).toMatch(/^sub\/b\.md:3:9: info: .*\n1 info in 1 of 2 files/mu)
    expect(run(folder(files).path, ['a.md', '--no-config']).code).toBe(1)
  })

  test('ignore', () => {
    expect(
      lint({'spec-lint.yaml': 'ignore: ["**/old/**", "x.md"]\n', 'a.md': clean, 'b/old/c.md': faulty, 'x.md': faulty})
        .stdout,
    ).toMatch(/^No problems in 1 file; skipped: 2 ignored/mu)
  })

  test('rules of remark-lint by name, silent where ours speak', () => {
    const text = clean.replace(
      '## 4. Configuration\n',
      '## 4. Configuration\n\nSee the [manual] and [Feature Name].\n\n[twice]: a.md\n[twice]: b.md\n',
    )
    const config =
      'rules:\n  remark-lint/no-undefined-references: error\n  remark-lint/no-duplicate-definitions: warn\n'
    const {stdout} = lint({'spec-lint.yaml': config, 'a.md': `\uFEFF${text}`})
    expect(stdout).toMatch(/^a\.md:\d+:9: error: .*manual.* \[remark-lint\/no-undefined-references\]$/mu)
    expect(stdout).toMatch(/\[remark-lint\/no-duplicate-definitions\]$/mu)
    expect(stdout.match(/Feature Name/gu)).toHaveLength(1)
  })
})
