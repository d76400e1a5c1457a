import {existsSync} from 'node:fs'
import {resolve} from 'node:path'
import {Command, CommanderError} from 'commander'
import {SpecLintError} from '../config/error.ts'
import {version} from '../lint/links.ts'
import {addCommands, type Done} from './commands.ts'
import {exitQuietly, reportError} from './io.ts'
import {common, lintOptions} from './flags.ts'

/** Runs the command line; the result is the exit code: 0 fine, 1 problems, 2 could not run. */
export async function run(argv: readonly string[]): Promise<number> {
  exitQuietly()
  let code = 0
  const program = build((result) => {
    code = result
  })
  try {
    await program.parseAsync(argumentsOf(argv), {from: 'user'})
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      if (error.code === 'commander.help') {
        const name = argv.find((word) => !word.startsWith('-')) ?? ''
        process.stderr.write(
          `spec-lint: \`${name}\` alone does nothing\n  \`spec-lint help ${name}\` lists its commands.\n`,
        )
        return 2
      }
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

/**
 * `--changed docs` lints `docs`: its value stands behind `=` alone, where commander would take the next word. A document that is
 * called like an option is a document: hooks hand over whatever names files have, those of a stranger's pull request too.
 */
function argumentsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    if (end >= 0 && index >= end) return word
    if (word === '--changed') return '--changed='
    return /^-.*\.(?:md|markdown)$/iu.test(word) && existsSync(word) ? `./${word}` : word
  })
}

/** A configuration is held against its schema by a validator that most runs without one never load. */
async function haveValidators(action: Command): Promise<void> {
  const {config} = action.opts<{readonly config?: string | boolean}>()
  if (config === false) return
  const {findConfig} = await import('../config/load.ts')
  const places = ['.', ...action.args].map((path) => resolve(path))
  if (config === undefined && !places.some((place) => findConfig(place) !== undefined)) return
  const {loadFileValidators} = await import('../type/values.ts')
  await loadFileValidators()
}

function build(done: Done): Command {
  const program = common(lintOptions(new Command('spec-lint')))
    .description('Lints specification documents in Markdown.')
    .usage('[options] [paths...]')
    .argument('[paths...]', 'files, directories, patterns; default: all here')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .enablePositionalOptions()
    .helpCommand('help [command]', 'the whole page of a command')
    .showSuggestionAfterError(true)
    .configureOutput({writeErr: () => undefined})
    .exitOverride()
    .hook('preAction', async (_, action) => {
      if (action.options.some((option) => option.attributeName() === 'config')) await haveValidators(action)
    })
    .action(async (paths: string[], options: object) => done(await (await import('./lint.ts')).lint(paths, options)))
  addCommands(program, done)
  return program.addHelpText(
    'after',
    '\nAll options, formats: spec-lint help lint; also: lsp, mcp, report, completions\nExit code: 0 fine, 1 problems, 2 could not run.',
  )
}
