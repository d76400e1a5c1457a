import type {SyntaxNode} from '@lezer/common'
import {kept, remembered} from '../../document/remembered.ts'
import type {CodeBlock, Section, SpecDocument} from '../../document/types.ts'
import {type Stretch, codeStretch, part, plainLines} from './stretch.ts'

/** Reads Python; `loadPython` gets one. */
export interface PythonParser {
  parse(text: string): {readonly topNode: SyntaxNode}
}

/** A fence and its syntax tree. */
export interface PythonCode {
  readonly code: CodeBlock
  readonly section: Section
  readonly whole: Stretch
  readonly top: SyntaxNode
}

/** `name(a, key=b)` */
export interface Call {
  /** Dotted, as written: `sa.Column`. */
  readonly name: string
  readonly node: SyntaxNode
  readonly positional: readonly SyntaxNode[]
  readonly named: ReadonlyMap<string, SyntaxNode>
}

/** A parser when the document has a Python fence; else nothing is loaded. */
export async function loadPython(document: SpecDocument): Promise<PythonParser | undefined> {
  return document.codes.some(isPython) ? loadPythonParser() : undefined
}

export async function loadPythonParser(): Promise<PythonParser> {
  return (await import('@lezer/python')).parser
}

function isPython({language}: CodeBlock): boolean {
  return language === 'python' || language === 'py'
}

export function pythonCodes(document: SpecDocument, parser: PythonParser): readonly PythonCode[] {
  return known(document, () => readCodes(document, parser))
}

const known = kept<readonly PythonCode[]>()
const parsed = new WeakMap<PythonParser, (text: string) => ReturnType<PythonParser['parse']>>()

function readCodes(document: SpecDocument, parser: PythonParser): readonly PythonCode[] {
  const parse = parsed.get(parser) ?? remembered((text) => parser.parse(filled(text)))
  parsed.set(parser, parse)
  return [document.root, ...document.sections].flatMap((section) =>
    section.codes.filter(isPython).map((code) => {
      const whole = plainLines(codeStretch(code))
      return {code, section, whole, top: parse(whole.text).topNode}
    }),
  )
}

/** Placeholders as identifiers of the same length, so that the rest can be parsed. */
function filled(text: string): string {
  return text.replaceAll(/\{\{[^{}\n]*\}\}/gu, (hole) => '_'.repeat(hole.length))
}

export function written(node: SyntaxNode, {whole}: PythonCode): Stretch {
  return part(whole, node.from, node.to)
}

export function textOf(node: SyntaxNode, {whole}: PythonCode): string {
  return whole.text.slice(node.from, node.to)
}

/** The inside of a plain string. */
export function stringIn(node: SyntaxNode | undefined, code: PythonCode): Stretch | undefined {
  if (node?.name !== 'String') return undefined
  const head = /^[rbuRBU]{0,2}("""|'''|"|')/u.exec(textOf(node, code))
  return head ? part(code.whole, node.from + head[0].length, node.to - (head[1]?.length ?? 1)) : undefined
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

export function callOf(node: SyntaxNode | undefined, code: PythonCode): Call | undefined {
  if (node?.name !== 'CallExpression') return undefined
  const [callee, list] = childrenOf(node)
  if (!callee || list?.name !== 'ArgList') return undefined
  const positional: SyntaxNode[] = []
  const named = new Map<string, SyntaxNode>()
  const parts = childrenOf(list).filter(({name}) => name !== '(' && name !== ')' && name !== 'Comment')
  for (let index = 0; index < parts.length; index += 1) {
    const one = parts[index]
    const value = parts[index + 2]
    if (!one || one.name === ',') continue
    if (parts[index + 1]?.name === 'AssignOp' && value) {
      named.set(textOf(one, code), value)
      index += 2
    } else positional.push(one)
  }
  return {name: textOf(callee, code), node, positional, named}
}

/** The last word of a dotted name: `Column` of `sa.Column`. */
export function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** Elements of `[a, b]` or `(a, b)`. */
export function elementsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  return node && /^(?:Array|Tuple)Expression$/u.test(node.name)
    ? childrenOf(node).filter(({name}) => !/^[[\](),]$/u.test(name))
    : []
}

/** Direct statements of a body, those below `with`, `if` and `try` included. */
export function statementsIn(body: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  const stack = [...childrenOf(body)].toReversed()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (/^(?:With|If|Try|For)Statement$|^Body$/u.test(node.name)) stack.push(...[...childrenOf(node)].toReversed())
    if (node.name.endsWith('Statement')) found.push(node)
  }
  return found
}
