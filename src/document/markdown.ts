import type {Nodes, Root} from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {type Data, type Processor, unified} from 'unified'
import {once} from './remembered.ts'

type Extension = NonNullable<Data['micromarkExtensions']>[number]
type Construct = Exclude<NonNullable<NonNullable<Extension['text']>[string]>, readonly unknown[]>
type FromMarkdown = Exclude<NonNullable<Data['fromMarkdownExtensions']>[number], readonly unknown[]>

/** So many quotes, lists and footnotes in each other take the parser minutes, and then the stack. */
const deepest = /^(?:[ \t]{0,9}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\s\]]{1,99}\]:)){500}/mu

/** Parses CommonMark with GFM and front matter. A byte order mark must have been cut off. */
export function parseMarkdown(text: string): Root {
  if (deepest.test(text)) throw new RangeError('The text is nested too deeply')
  beginnings = beginningsIn(text)
  const parser = frontMatter.test(text) ? withFrontMatter : withoutFrontMatter
  return (beginnings ? parser.withAddresses : parser.withoutAddresses)().parse(text)
}

/** What has no end is none, and the parser that looked for it there would find no list and no quote behind it. */
const frontMatter = /^---[ \t]*(?:\r\n|\n|\r)(?:[\s\S]*?(?:\r\n|\n|\r))?---[ \t]*(?:[\r\n]|$)/u

// At each word the parser tries whether an address begins there, and reads the word again when none does: a third of its time.
// Here it is told where one could begin. What it finds is the same.
const withFrontMatter = parsersOf(true)
const withoutFrontMatter = parsersOf(false)

interface Parsers {
  readonly withAddresses: () => Pick<Processor<Root>, 'parse'>
  readonly withoutAddresses: () => Pick<Processor<Root>, 'parse'>
}

function parsersOf(hasFrontMatter: boolean): Parsers {
  const parserOf = (instead: (construct: Construct) => readonly Construct[]): Pick<Processor<Root>, 'parse'> => {
    const parser = unified().use(remarkParse).use(remarkGfm).use(sparing, instead)
    return (hasFrontMatter ? parser.use(remarkFrontmatter) : parser).freeze()
  }
  return {withAddresses: once(() => parserOf(guarded)), withoutAddresses: once(() => parserOf(() => []))}
}

/** Of the text that is read, by the offset: not 0 where an address could begin. `undefined` when it has none. */
let beginnings: Uint8Array | undefined

const address = /https?:|www|@/giu
const local = /[\w.+-]/u
const other = 1
const ofEmail = 2

function beginningsIn(text: string): Uint8Array | undefined {
  let found: Uint8Array | undefined
  for (const {0: word, index} of text.matchAll(address)) {
    found ??= new Uint8Array(text.length)
    found[index] = other
    if (word === '@')
      for (let at = index - 1; local.test(text.charAt(at)) && found[at] !== ofEmail; at -= 1) found[at] = ofEmail
  }
  return found
}

function guarded(construct: Construct): readonly Construct[] {
  return [
    {
      ...construct,
      previous(code) {
        return construct.previous?.call(this, code) !== false && (beginnings?.[this.now().offset] ?? 0) > 0
      },
    },
  ]
}

/** Puts other constructs in the place of those that read addresses, and looks for those in the tree only where one may be. */
function sparing(this: Processor, instead: (construct: Construct) => readonly Construct[]): void {
  const data = this.data()
  const isOfAddress = ({name}: Construct): boolean => name?.endsWith('Autolink') === true
  const spared = (extension: Extension): Extension => ({
    ...extension,
    text: Object.fromEntries(
      Object.entries(extension.text ?? {}).map(([code, constructs]) => [
        code,
        [constructs ?? []].flat().flatMap((one) => (isOfAddress(one) ? instead(one) : [one])),
      ]),
    ),
  })
  data.micromarkExtensions = (data.micromarkExtensions ?? []).map(spared)
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).flat().map((extension): FromMarkdown => ({
    ...extension,
    transforms: (extension.transforms ?? []).map((transform) => (tree) => (mayLink(tree) ? transform(tree) : tree)),
  }))
}

/** Whether a text has an address that is no link yet. */
function mayLink(node: Nodes): boolean {
  if (node.type === 'text') return /@|:\/\/|www\./iu.test(node.value)
  return 'children' in node && node.children.some(mayLink)
}
