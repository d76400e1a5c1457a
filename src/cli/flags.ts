import {type Command, InvalidArgumentError, Option} from 'commander'

/** Options that the first page of help leaves to `help lint`. */
const rare: ReadonlySet<string> = new Set([
  '--fail-on',
  '--max-warnings',
  '--no-config',
  '--list-files',
  '--statistics',
  '--skip',
  '--max-problems',
  '--ignore-pattern',
  '--no-ignore',
  '--no-error-on-unmatched',
  '--stdin-filename',
  '--color',
  '--show-fixes',
  '--no-inline-config',
  '--include-suppressed',
  '--staged',
  '--shard',
  '--timing',
  '--unsafe-fixes',
  '--cache',
  '--cache-location',
  '--concurrency',
  '--report',
  '--no-baseline',
  '--allow-stale-baseline',
])

/** The first page of help fits a small terminal. */
export function common(command: Command): Command {
  for (const option of command.options) if (rare.has(option.long ?? '')) option.hideHelp()
  return command
}

export function lintOptions(command: Command): Command {
  const own = command
    .option('-f, --format <name[=file]>', 'pretty, compact, json, sarif, …; repeatable', list)
    .option('-c, --config <file>', 'this configuration, no search')
    .option('--no-config', 'built-in settings alone')
    .option('--type <name>', 'take the files as this type')
    .option('--rule <setting>', "'id: severity' for this run; repeatable", list)
    .option('--only <id>', 'run only this rule; repeatable', list)
    .option('--skip <id>', 'leave this rule out; repeatable', list)
    .option('--fix', 'apply safe fixes, then report what is left')
    .option('--unsafe-fixes', 'with --fix or --diff: the others too')
    .option('--diff', 'print the fixes as a patch, write nothing')
    .option('--show-fixes', 'show the fix of each problem (pretty)')
    .option('--no-inline-config', 'disregard comments that suppress')
    .option('--changed [=base]', 'report what changed since a branch or commit')
    .option('--staged', 'report what changed in the index')
    .addOption(
      new Option('--report <width>', 'of --changed: all, changed-files, changed-lines').choices([
        'all',
        'changed-files',
        'changed-lines',
      ]),
    )
    .option('--shard <i/n>', 'the i-th of n parts; `report merge` joins them')
    .option('--baseline <file>', 'known problems, which are not reported')
    .option('--no-baseline', 'disregard the baseline of the configuration')
    .option('-q, --quiet', 'errors alone')
    .option('--stdin', 'read one document from standard input')
    .option('--stdin-filename <path>', 'its path, for type and rules')
    .option('--ignore-pattern <glob>', 'leave these files out; repeatable', list)
    .option('--no-ignore', 'do not respect .gitignore')
    .option('--no-error-on-unmatched', 'a path without a file is no error')
    .option('-w, --watch', 'lint again after each change; q ends')
    .option('--cache', 'remember what was found; see --cache-location')
    .option('--cache-location <dir>', 'default: node_modules/.cache/spec-lint')
    .addOption(new Option('--concurrency <n>', 'threads: a number, auto or off').argParser(threads).default('auto'))
    .option('--timing', 'the time of each rule, on standard error')
    .option('--list-files', 'print the files of a type and stop')
    .addOption(new Option('--debug', 'print the stack of an error').hideHelp())
  return outcomeOptions(own)
}

export function reportOptions(command: Command): Command {
  return outcomeOptions(
    command.option('-f, --format <name[=file]>', 'pretty, compact, json, sarif, …; repeatable', list),
  )
}

export function verifyOptions(command: Command): Command {
  const own = command
    .description('execute migrations and roll them back')
    .argument('[paths...]', 'files, directories, patterns; default: all here')
    .option('-f, --format <name[=file]>', 'pretty, compact, json, sarif, …; repeatable', list)
    .option('--explain', 'each step with its time, and what it makes')
    .option('--json', 'all that is known of each execution')
    .option('--dump <dir>', 'write the schema before and after, and after rollback')
    .addOption(new Option('--rows <n>', 'fill tables, print plans and times').argParser(count))
    .option('--diagram', 'print the migrated schema as a Mermaid diagram')
    .option('-c, --config <file>', 'this configuration, no search')
    .option('--no-config', 'built-in settings alone')
    .option('--type <name>', 'take the files as this type')
    .option('--only <id>', 'run only this rule; repeatable', list)
    .option('--skip <id>', 'leave this rule out; repeatable', list)
    .option('-q, --quiet', 'errors alone')
    .addOption(new Option('--debug', 'print the stack of an error').hideHelp())
  return outcomeOptions(own)
}

/** How a report looks, and what it makes of the exit code. */
function outcomeOptions(command: Command): Command {
  return command
    .option('--max-warnings <n>', 'more warnings give exit code 1', count)
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that gives 1')
        .choices(['error', 'warn', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--statistics', 'counts by rule instead of problems; in JSON beside them')
    .option('--max-problems <n>', 'shown by pretty; default 50 on a terminal', countOrNone)
    .option('--include-suppressed', 'list what they suppress (json, jsonl, sarif)')
    .option('--allow-stale-baseline', 'solved problems in it are no failure')
    .addOption(
      new Option('--color <when>', 'auto, always or never').choices(['auto', 'always', 'never']).default('auto'),
    )
    .addOption(new Option('--no-color', 'the same as --color never').hideHelp())
}

function count(value: string): number {
  if (!/^\d+$/u.test(value)) throw new InvalidArgumentError('Write a whole number.')
  return Number(value)
}

function threads(value: string): number | 'auto' | 'off' {
  return value === 'auto' || value === 'off' ? value : count(value) || 'off'
}

function countOrNone(value: string): number {
  return value === 'none' ? Number.POSITIVE_INFINITY : count(value)
}

export function names(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').flatMap((name) => name.trim() || [])]
}

export function list(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}
