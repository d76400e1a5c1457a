/** Where a statement is broken, if the parser stopped only behind it: at a comma too many, or at a bracket that nothing closes. */
import type {Fault} from './parsers/types.ts'
import type {Piece} from './split.ts'

/** Lines that may lack a bracket, and are tried. */
const mostTries = 5
/** Characters of a statement that is tried again. */
const longest = 20_000

type Tokens = Piece['tokens']

/** The fault where a person would mend it; offsets are those of the piece. `parse` reads the piece with another text. */
export function mendable(
  fault: Fault,
  written: string,
  piece: Piece,
  parse: (text: string) => Fault | undefined,
): Fault {
  if (fault.limit === true) return fault
  return commaTooMany(fault, piece) ?? unclosed(fault, written, piece, parse) ?? fault
}

function commaTooMany({offset}: Fault, {tokens, start}: Piece): Fault | undefined {
  const index = tokens.findIndex((one) => one.start - start <= offset && offset < one.end - start)
  const [before, here] = [tokens[index - 1], tokens[index]]
  if (here?.text !== ')' || before?.text !== ',') return undefined
  return {offset: before.start - start, length: 1, message: 'a comma stands before `)`'}
}

/** Brackets that are open at the end of a line, the line of each once; put in there, what closes it makes the statement whole. */
function unclosed(
  fault: Fault,
  written: string,
  {tokens, start}: Piece,
  parse: (text: string) => Fault | undefined,
): Fault | undefined {
  const open = leftOpen(tokens)
  if (open.length === 0 || written.length > longest) return undefined
  const found = linesLeftOpen(written, {tokens, start})
    .filter(({at}) => at <= fault.offset)
    .slice(-mostTries)
    .find(({end}) => !parse(`${written.slice(0, end)})${written.slice(end)}`))
  const [first] = open
  const isAtEnd = fault.offset >= written.trimEnd().length - Number(written.trimEnd().endsWith(';'))
  const at = found?.at ?? (isAtEnd && first ? first.start - start : undefined)
  return at === undefined ? undefined : {offset: at, length: 1, message: 'no `)` closes this `(`'}
}

/** The brackets of some tokens that none of them closes, the outermost first. */
function leftOpen(tokens: Tokens): Tokens {
  const open: Tokens[number][] = []
  for (const token of tokens) {
    if (token.text === '(') open.push(token)
    else if (token.text === ')') open.pop()
  }
  return open
}

interface LeftOpen {
  /** Of the bracket that is open at the end of its line. */
  readonly at: number
  /** Behind the last token of the line that is no comma. */
  readonly end: number
}

/** A line that ends in an open bracket begins a list of lines, and lacks nothing. */
function linesLeftOpen(written: string, {tokens, start}: Pick<Piece, 'tokens' | 'start'>): readonly LeftOpen[] {
  const lines = new Map<number, Tokens[number][]>()
  let [line, from] = [0, 0]
  for (const token of tokens) {
    const at = token.start - start
    for (let next = written.indexOf('\n', from); next >= 0 && next < at; next = written.indexOf('\n', from)) {
      line += 1
      from = next + 1
    }
    const own = lines.get(line)
    if (own) own.push(token)
    else lines.set(line, [token])
  }
  return [...lines.values()].flatMap((all): readonly LeftOpen[] => {
    const open = leftOpen(all)
    const last = all.findLast(({text}) => text !== ',' && text !== ';')
    const bracket = open.at(-1)
    return bracket && last && last !== bracket ? [{at: bracket.start - start, end: last.end - start}] : []
  })
}
