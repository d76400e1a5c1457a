import {Command, CommanderError, InvalidArgumentError, Option} from 'commander'
import {SpecLintError} from '../config/error.ts'
import {version} from '../lint/links.ts'
import {exitQuietly, reportError} from './io.ts'

/** Runs the command line; the result is the exit code: 0 fine, 1 problems, 2 could not run. */
export async function run(argv: readonly string[]): Promise<number> {
  exitQuietly()
  let code = 0
  const program = build((result) => {
    code = result
  })
  try {
    await program.parseAsync(withoutBase(argv), {from: 'user'})
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      process.stderr.write(
        `spec-lint: ${error.message
          .replace(/^error: /u, '')
          .replaceAll('\n', ' ')
          .replace('(Did you mean', '(perhaps you meant')}\n`,
      )
      return 2
    }
    reportError(error, argv.includes('--debug'))
    return error instanceof SpecLintError ? 2 : 70
  }
}

/** `--changed docs` lints `docs`: its value stands behind `=` alone, where commander would take the next word. */
function withoutBase(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => (word === '--changed' && (end < 0 || index < end) ? '--changed=' : word))
}

type Done = (code: number) => void

function build(done: Done): Command {
  const program = common(lintOptions(new Command('spec-lint')))
    .description('Lints specification documents in Markdown.')
    .usage('[options] [paths...]')
    .argument('[paths...]', 'files, directories, patterns; default: the current directory')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .enablePositionalOptions()
    .helpCommand('help [command]', 'the whole page of a command')
    .showSuggestionAfterError(true)
    .configureOutput({writeErr: () => undefined})
    .exitOverride()
    .action(async (paths: string[], options: object) => done(await (await import('./lint.ts')).lint(paths, options)))
  addCommands(program, done)
  return program.addHelpText(
    'after',
    '\nAll options and formats: spec-lint help lint\nExit code: 0 fine, 1 problems, 2 could not run.',
  )
}

function addCommands(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      lintOptions(new Command('lint'))
        .description('lint documents (the default)')
        .argument('[paths...]')
        .addHelpText(
          'after',
          '\nFormats: auto, pretty, stylish, compact, agent, json, jsonl, github, markdown, sarif, gitlab,\njunit, checkstyle, rdjson; `--format sarif=out.sarif` writes to a file.',
        ),
    ).action(async (paths: string[], options: object) => done(await (await import('./lint.ts')).lint(paths, options))),
    {hidden: true},
  )
  program.addCommand(
    inherit(
      new Command('explain').description('print the page of a rule').argument('<rule>').option('--json', 'as JSON'),
    ).action(async (rule: string, options: object) => done((await import('./explain.ts')).explain(rule, options))),
  )
  program.addCommand(
    inherit(new Command('rules').description('list the rules').option('--json', 'as JSON')).action(
      async (options: object) => done((await import('./rules.ts')).listRules(options)),
    ),
  )
  program.addCommand(
    inherit(
      new Command('types')
        .description('list the document types')
        .option('--show <type>', 'one of them as an outline')
        .option('--markdown', 'with --show: as a template')
        .option('--status', 'which version of its type each document is on')
        .option('--json', 'as JSON')
        .option('-c, --config <file>', 'this configuration'),
    ).action(async (options: object) => done(await (await import('./types.ts')).listTypes(options))),
  )
  program.addCommand(
    inherit(
      new Command('inspect')
        .description('why a file is linted as it is')
        .argument('<file>')
        .option('--json', 'as JSON')
        .option('-c, --config <file>', 'this configuration')
        .option('--type <name>', 'as this type'),
    ).action(async (file: string, options: object) =>
      done(await (await import('./inspect.ts')).inspect(file, options)),
    ),
  )
  addDataCommands(program, done)
  addBaseline(program, done)
  addWritingCommands(program, done)
}

/** What writes files that were not there. */
function addWritingCommands(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      new Command('init')
        .description('write a configuration for the documents here')
        .option('--yes', 'ask nothing, on a terminal either')
        .option('--preset <types>', 'built-in types to begin with, by comma', names)
        .option('--with <tools>', 'also for pre-commit, github, remark, vscode', names),
    ).action(async (options: object) => done(await (await import('./init.ts')).init(options))),
  )
  program.addCommand(
    inherit(
      new Command('new')
        .description('write a document of a type')
        .argument('<type>')
        .argument('[title]')
        .option('--set <key=value>', 'a value of its metadata; repeatable', list)
        .option('--stdout', 'print it, write nothing')
        .option('-o, --output <file>', 'write it there')
        .option('-c, --config <file>', 'this configuration'),
    ).action(async (type: string, title: string | undefined, options: object) =>
      done((await import('./new.ts')).newDocument(type, title, options)),
    ),
  )
}

/** What prints documents as data, and templates as types. */
function addDataCommands(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      new Command('infer')
        .description('the type that a template describes')
        .argument('<template>')
        .option('-o, --output <file>', 'write it there, as JSON')
        .option('--name <name>', 'name of the type; default: from the file name')
        .option('--force', 'write over a file that is there')
        .option('--explain', 'each constraint with its line, and what was a guess')
        .option('--json', 'print the type'),
    ).action(async (template: string, options: object) => done((await import('./infer.ts')).infer(template, options))),
  )
  program.addCommand(
    inherit(
      new Command('trace')
        .description('which requirement is named where; gaps')
        .argument('[paths...]')
        .addOption(
          new Option('-f, --format <name>', 'table, csv, json or markdown')
            .choices(['table', 'csv', 'json', 'markdown'])
            .default('table'),
        )
        .option('--tests <glob>', 'look for identifiers in these source files; repeatable', list)
        .option('--gaps', 'only what is named by nobody')
        .option('--check', 'exit code 1 if there is a gap')
        .option('-c, --config <file>', 'this configuration')
        .option('--type <name>', 'take the files as this type'),
    ).action(async (paths: string[], options: object) => done((await import('./trace.ts')).trace(paths, options))),
  )
  program.addCommand(
    inherit(
      new Command('export')
        .description('documents as data, with a source map')
        .argument('[paths...]')
        .addOption(
          new Option('-f, --format <name>', 'json, ndjson or csv').choices(['json', 'ndjson', 'csv']).default('json'),
        )
        .option('--no-source-map', 'leave the positions out')
        .option('-c, --config <file>', 'this configuration')
        .option('--type <name>', 'take the files as this type'),
    ).action(async (paths: string[], options: object) =>
      done(await (await import('./export.ts')).exportDocuments(paths, options)),
    ),
  )
}

function names(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').flatMap((name) => name.trim() || [])]
}

function list(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}

function addBaseline(program: Command, done: Done): void {
  const command = new Command('baseline').description('known problems: update, prune, show')
  const part = (name: string, description: string): Command =>
    new Command(name)
      .description(description)
      .argument('[paths...]')
      .option('--baseline <file>', 'this file, not that of the configuration')
      .option('-c, --config <file>', 'this configuration')
      .copyInheritedSettings(program)
      .action(async (paths: string[], options: object) =>
        done(await (await import('./baseline.ts')).baseline(name, paths, options)),
      )
  program.addCommand(
    command
      .copyInheritedSettings(program)
      .addCommand(part('update', 'write the problems of these files into it'))
      .addCommand(part('prune', 'take out what is solved'))
      .addCommand(part('show', 'list what it holds of these files')),
  )
}

/** Options that the first page of help leaves to `help lint`. */
const rare: ReadonlySet<string> = new Set([
  '--fail-on',
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
  '--timing',
  '--report',
  '--no-baseline',
  '--allow-stale-baseline',
])

/** The first page of help fits a small terminal. */
function common(command: Command): Command {
  for (const option of command.options) if (rare.has(option.long ?? '')) option.hideHelp()
  return command
}

function lintOptions(command: Command): Command {
  return command
    .option('-f, --format <name[=file]>', 'pretty, compact, json, sarif, …; repeatable', list)
    .option('-c, --config <file>', 'this configuration, no search')
    .option('--no-config', 'built-in settings alone')
    .option('--type <name>', 'take the files as this type')
    .option('--rule <setting>', "'id: severity', over the configuration; repeatable", list)
    .option('--only <id>', 'run only this rule; repeatable', list)
    .option('--skip <id>', 'leave this rule out; repeatable', list)
    .option('--fix', 'apply safe fixes, then report what is left')
    .option('--unsafe-fixes', 'with --fix or --diff: the others too')
    .option('--diff', 'print the fixes as a patch, write nothing')
    .option('--show-fixes', 'show the fix of each problem (pretty)')
    .option('--no-inline-config', 'disregard comments that suppress')
    .option('--include-suppressed', 'list what they suppress (json)')
    .option('--changed [=base]', 'report what changed since a branch or commit')
    .option('--staged', 'report what changed in the index')
    .addOption(
      new Option('--report <width>', 'of --changed: all, changed-files, changed-lines').choices([
        'all',
        'changed-files',
        'changed-lines',
      ]),
    )
    .option('--baseline <file>', 'known problems, which are not reported')
    .option('--no-baseline', 'disregard the baseline of the configuration')
    .option('--allow-stale-baseline', 'solved problems in it are no failure')
    .option('-q, --quiet', 'errors alone')
    .option('--max-warnings <n>', 'more warnings give exit code 1', count)
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that gives 1')
        .choices(['error', 'warn', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--max-problems <n>', 'shown by pretty; default 50 on a terminal', countOrNone)
    .option('--statistics', 'counts by rule instead of problems')
    .option('--stdin', 'read one document from standard input')
    .option('--stdin-filename <path>', 'its path, for type and rules')
    .option('--ignore-pattern <glob>', 'leave these files out; repeatable', list)
    .option('--no-ignore', 'do not respect .gitignore')
    .option('--no-error-on-unmatched', 'a path without a file is no error')
    .option('--timing', 'the time of each rule, on standard error')
    .option('--list-files', 'print the files of a type and stop')
    .addOption(
      new Option('--color <when>', 'auto, always or never').choices(['auto', 'always', 'never']).default('auto'),
    )
    .addOption(new Option('--no-color', 'the same as --color never').hideHelp())
    .addOption(new Option('--debug', 'print the stack of an error').hideHelp())
}

function count(value: string): number {
  if (!/^\d+$/u.test(value)) throw new InvalidArgumentError('Write a whole number.')
  return Number(value)
}

function countOrNone(value: string): number {
  return value === 'none' ? Number.POSITIVE_INFINITY : count(value)
}
