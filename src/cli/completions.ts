import type {Command, Option} from 'commander'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {formatNames} from '../report/formats.ts'
import {builtinTypes} from '../type/builtin.ts'
import {print} from './io.ts'

/** A command as far as a shell has to know it. */
interface Node {
  /** `''` for the program, `baseline update` for one of a group. */
  readonly path: string
  readonly flags: readonly Flag[]
  readonly commands: readonly {readonly name: string; readonly description: string}[]
  /** What its first argument may be; paths when there is nothing to choose from. */
  readonly values: readonly string[]
}

interface Flag {
  readonly names: readonly string[]
  readonly description: string
  readonly takesValue: boolean
  /** Paths when there is nothing to choose from. */
  readonly values: readonly string[]
}

const shells = {bash, zsh, fish, powershell}

/** Prints the script that completes the program's words in a shell. */
export function completions(shell: string, program: Command): number {
  if (!isShell(shell))
    throw new SpecLintError(
      'shell',
      `There are no completions for \`${shell}\``,
      `The shells are ${Object.keys(shells).join(', ')}.`,
    )
  print(shells[shell](nodesOf(program, '')))
  return 0
}

function isShell(name: string): name is keyof typeof shells {
  return Object.hasOwn(shells, name)
}

function nodesOf(command: Command, path: string): readonly Node[] {
  // Help hides rare options, which are completed all the same.
  const help = command.createHelp().visibleOptions(command)
  const own: Node = {
    path,
    flags: [...new Set([...command.options, ...help])].map((option) => flagOf(option)),
    commands: command.commands.map((one) => ({name: one.name(), description: one.description()})),
    values:
      path === 'explain' ? ruleIds() : path === 'new' ? typeNames() : path === 'completions' ? Object.keys(shells) : [],
  }
  return [own, ...command.commands.flatMap((one) => nodesOf(one, path === '' ? one.name() : `${path} ${one.name()}`))]
}

function flagOf(option: Option): Flag {
  const {long, short, description, required, argChoices = []} = option
  return {
    names: [long, short].filter((name) => name !== undefined),
    description,
    takesValue: required,
    values: argChoices.length > 0 ? argChoices : valuesOf(long),
  }
}

function valuesOf(flag: string | undefined): readonly string[] {
  if (flag === '--only' || flag === '--skip') return ruleIds()
  if (flag === '--type' || flag === '--preset' || flag === '--show') return typeNames()
  if (flag === '--concurrency') return ['auto', 'off']
  return flag === '--format' ? formatNames : []
}

function ruleIds(): readonly string[] {
  return rules.map(({id}) => id)
}

function typeNames(): readonly string[] {
  return builtinTypes().map(({name}) => name)
}

function bash(nodes: readonly Node[]): string {
  const groups = nodes.flatMap(({path, commands}) => commands.map(({name}) => `'${path}|${name}'`))
  const values = nodes.flatMap(({path, flags}) =>
    flags
      .filter(({takesValue}) => takesValue)
      .map(
        (flag) =>
          `    ${flag.names.map((name) => `'${path}|${name}'`).join('|')}) ${flag.values.length > 0 ? `words='${flag.values.join(' ')}'` : 'words='} ;;`,
      ),
  )
  const words = nodes.map(({path, flags, commands, values: own}) => {
    const long = flags.flatMap(({names}) => names.filter((name) => name.startsWith('--')))
    return `      '${path}') flags='${long.join(' ')}' words='${[...commands.map(({name}) => name), ...own].join(' ')}' ;;`
  })
  return `# bash: spec-lint completions bash > ~/.local/share/bash-completion/completions/spec-lint
_spec_lint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' words='' flags='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$command|\${COMP_WORDS[index]}" in
    ${groups.join('|')}) command="\${command:+$command }\${COMP_WORDS[index]}" ;;
    esac
  done
  # bash takes \`--format=sarif\` for three words.
  if [[ "$current" == '=' ]]; then current=''; fi
  if [[ "$previous" == '=' ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$command|$previous" in
${values.join('\n')}
    *)
      case "$command" in
${words.join('\n')}
      esac
      if [[ "$current" == -* ]]; then
        words="$flags"
      fi
      ;;
  esac
  local word
  for word in $words; do
    if [[ "$word" == "$current"* ]]; then COMPREPLY+=("$word"); fi
  done
}
# Where no word is meant, the shell's own completion of paths.
complete -o default -F _spec_lint spec-lint
`
}

/** zsh reads the completions of bash; of its own `compgen`, which keeps words that don't begin so, there is none in them. */
function zsh(nodes: readonly Node[]): string {
  const [, ...rest] = bash(nodes).split('\n')
  return `#compdef spec-lint
# zsh: source <(spec-lint completions zsh)
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${rest.join('\n')}`
}

function fish(nodes: readonly Node[]): string {
  const lines = nodes.flatMap(({path, flags, commands, values}) => {
    const names = path === '' ? [] : path.split(' ')
    const inner = commands.map(({name}) => name).join(' ')
    const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`)
    const none = commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inner}`]
    const here = [...seen, ...none].join('; and ')
    const when = here === '' ? '' : ` -n '${here}'`
    // Without a command the words are those of a lint, which takes files.
    const files = path === '' ? '' : ' -f'
    return [
      ...commands.map(
        ({name, description}) => `complete -c spec-lint${when}${files} -a ${name} -d ${quoted(description)}`,
      ),
      ...values.map((value) => `complete -c spec-lint${when} -f -a ${value}`),
      ...flags.map((flag) => {
        const all = flag.names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
        const taken = !flag.takesValue ? '' : flag.values.length > 0 ? ` -x -a '${flag.values.join(' ')}'` : ' -r'
        return `complete -c spec-lint${when} ${all.join(' ')}${taken} -d ${quoted(flag.description)}`
      }),
    ]
  })
  return `# fish: spec-lint completions fish > ~/.config/fish/completions/spec-lint.fish\n${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}

function powershell(nodes: readonly Node[]): string {
  const list = (words: readonly string[]): string => `@(${words.map((word) => `'${word}'`).join(', ')})`
  const rows = nodes.map(({path, flags, commands, values}) => {
    const taken = flags
      .filter((flag) => flag.values.length > 0)
      .flatMap((flag) => flag.names.map((name) => `'${name}' = ${list(flag.values)}`))
    const words = [...commands.map(({name}) => name), ...values, ...flags.flatMap(({names}) => names)]
    const inner = list(commands.map(({name}) => name))
    return `    '${path}' = @{words = ${list(words)}; commands = ${inner}; values = @{${taken.join('; ')}}}`
  })
  return `# PowerShell: spec-lint completions powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName spec-lint -ScriptBlock {
  param($word, $ast, $position)
  $nodes = @{
${rows.join('\n')}
  }
  $path = ''
  $before = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  foreach ($one in $before) {
    if ($nodes[$path].commands -ccontains $one) { $path = if ($path) { "$path $one" } else { $one } }
  }
  $last = if ($before.Count -gt 0) { $before[-1] } else { '' }
  $found = if ($nodes[$path].values.ContainsKey($last)) { $nodes[$path].values[$last] } else { $nodes[$path].words }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`
}
