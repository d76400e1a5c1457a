import {Command, Option} from 'commander'
import {lintOptions, list, names, reportOptions, verifyOptions} from './flags.ts'

/** Takes the exit code of a command. */
export type Done = (code: number) => void

export function addCommands(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      lintOptions(new Command('lint'))
        .description('lint documents (the default)')
        .argument('[paths...]')
        .addHelpText(
          'after',
          '\nFormats: auto, pretty, stylish, compact, agent, json, jsonl, github, markdown,\nsarif, gitlab, junit, checkstyle, rdjson; `--format sarif=out.sarif` writes to a\nfile.',
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
  program.addCommand(
    inherit(verifyOptions(new Command('verify'))).action(async (paths: string[], options: object) =>
      done(await (await import('./verify.ts')).verify(paths, options)),
    ),
  )
  addConfig(program, done)
  addDataCommands(program, done)
  addBaseline(program, done)
  addReport(program, done)
  addWritingCommands(program, done)
  addHidden(program, done)
}

/** What few type by hand; the first page names them in its last lines. */
function addHidden(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      new Command('lsp')
        .description('a language server for editors')
        .option('--stdio', 'over standard input and output, which is the only way')
        // Clients made for VS Code add it; the server learns it from their first request as well.
        .addOption(new Option('--clientProcessId <id>').hideHelp())
        .action(async () => done(await (await import('./lsp.ts')).lsp())),
    ),
    {hidden: true},
  )
  program.addCommand(
    inherit(
      new Command('mcp')
        .description('tools for AI agents, over the Model Context Protocol')
        .option('--stdio', 'over standard input and output, which is the only way')
        .option('--root <folder>', 'the folder that no tool leaves; default: here')
        .action(async (options: object) => done(await (await import('./mcp.ts')).mcp(options))),
    ),
    {hidden: true},
  )
  program.addCommand(
    inherit(
      new Command('completions')
        .description('the words of the program for bash, zsh, fish or powershell')
        .argument('<shell>')
        .action(async (shell: string) => done((await import('./completions.ts')).completions(shell, program))),
    ),
    {hidden: true},
  )
}

function addReport(program: Command, done: Done): void {
  const merge = reportOptions(
    new Command('merge').description('one report of several, in any format').argument('<reports...>'),
  ).copyInheritedSettings(program)
  program.addCommand(
    new Command('report')
      .description('JSON reports: merge')
      .copyInheritedSettings(program)
      .addCommand(
        merge.action(async (files: string[], options: object) =>
          done((await import('./report.ts')).mergeFiles(files, options)),
        ),
      ),
    {hidden: true},
  )
}

function addConfig(program: Command, done: Done): void {
  const command = new Command('config').description('the configuration: print, schema').copyInheritedSettings(program)
  const part = (name: string, description: string): Command =>
    new Command(name).description(description).copyInheritedSettings(program)
  program.addCommand(
    command
      .addCommand(
        part('print', 'what holds here, or for a file, with the place of each value')
          .argument('[file]')
          .option('--json', 'as JSON')
          .option('-c, --config <file>', 'this configuration')
          .action(async (file: string | undefined, options: object) =>
            done((await import('./config.ts')).printConfig(file, options)),
          ),
      )
      .addCommand(
        part('schema', 'the JSON Schema of a configuration').action(async () =>
          done((await import('./config.ts')).printSchema()),
        ),
      ),
  )
}

/** What writes files that were not there. */
function addWritingCommands(program: Command, done: Done): void {
  const inherit = (command: Command): Command => command.copyInheritedSettings(program)
  program.addCommand(
    inherit(
      new Command('init')
        .description('write a configuration for the documents here')
        .option('--yes', 'ask nothing, on a terminal either')
        .option('--from <tools>', 'types from mdschema, outlint, markdownlint, openspec, spec-kit', names)
        .option('--preset <types>', 'built-in types to begin with, by comma', names)
        .option('--with <tools>', 'also for pre-commit, github, agents, remark, vscode', names),
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
        .description('the type of a template, or of documents')
        .argument('[template]')
        .option('--from <paths...>', 'documents to infer it from, in place of a template')
        .option('--threshold <part>', 'part of them that has to have what is required; default: 0.95')
        .option('-o, --output <file>', 'write it there, as JSON')
        .option('--name <name>', 'name of the type; default: from the file name')
        .option('--force', 'write over a file that is there')
        .option('--explain', 'each constraint with its line, and what was a guess')
        .option('--json', 'print the type'),
    ).action(async (template: string | undefined, options: object) =>
      done((await import('./infer.ts')).infer(template, options)),
    ),
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
