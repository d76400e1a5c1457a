import type {CodeBlock, Span} from '../../document/types.ts'
import type {PrismaProblem} from './prisma-syntax.ts'
import {blocksOf, type PrismaBlock} from './prisma.ts'
import {type Stretch, codeStretch, group, part, spanOf} from './stretch.ts'

interface Model {
  readonly block: PrismaBlock
  readonly fields: ReadonlySet<string>
  /** All of its fields are shown. */
  readonly whole: boolean
}

/** Names in `@@index([…])`, `fields: […]` and `references: […]` that the model they speak of lacks; `refused` lines hide some. */
export function missingFields(codes: readonly CodeBlock[], refused: readonly Span[]): readonly PrismaProblem[] {
  const models = codes
    .flatMap((code) => blocksOf(codeStretch(code)))
    .filter(({kind}) => kind === 'model')
    .map((block) => modelOf(block, refused))
  const shown = new Map<string, readonly Model[]>()
  for (const model of models) {
    const name = model.block.name.text
    shown.set(name, [...(shown.get(name) ?? []), model])
  }
  // Of a model that is shown twice, each may be a part.
  const only = (name: string): Model | undefined => {
    const all = shown.get(name) ?? []
    return all.length === 1 && all[0]?.whole === true ? all[0] : undefined
  }
  return models.flatMap(({block}) => block.lines.flatMap((line) => missingIn(line, block.name.text, only)))
}

function modelOf(block: PrismaBlock, refused: readonly Span[]): Model {
  const {start, end} = spanOf(block.whole)
  const isRefused = refused.some((one) => one.start < end && start < one.end)
  const names = block.lines.flatMap(({text}) => /^(\w+)\s/u.exec(text)?.[1] ?? [])
  const text = block.whole.text
  const isElided =
    /\.{3}|…|\{\{|\/\/[^\n]*\b(?:other|others|existing|more|rest|remaining|unchanged|additional|omitted|fields?)\b/i.test(
      text,
    )
  return {block, fields: new Set(names), whole: !isElided && !isRefused && /@@?(?:id|unique)\b/u.test(text)}
}

function missingIn(line: Stretch, own: string, only: (name: string) => Model | undefined): readonly PrismaProblem[] {
  const keys = /^@@(?:index|unique|id|fulltext)\s*\(\s*(?:fields:\s*)?\[([^\]]*)\]/du.exec(line.text)
  const listed = keys ? group(line, keys, 1) : undefined
  if (listed) return missing(listed, only(own), own)
  const relation = /^\w+\s+(\w+)[?[\]]{0,3}\s.*@relation\s*\(/u.exec(line.text)
  if (!relation) return []
  const target = relation[1] ?? ''
  const fields = /\bfields:\s*\[([^\]]*)\]/du.exec(line.text)
  const references = /\breferences:\s*\[([^\]]*)\]/du.exec(line.text)
  const from = fields ? group(line, fields, 1) : undefined
  const to = references ? group(line, references, 1) : undefined
  return [...(from ? missing(from, only(own), own) : []), ...(to ? missing(to, only(target), target) : [])]
}

/** `driverId, startsAt(sort: Desc), address.street`: of the last, which is of a composite type, the first part counts. */
function missing(list: Stretch, model: Model | undefined, name: string): readonly PrismaProblem[] {
  if (!model) return []
  const plain = list.text.replaceAll(/\([^()]*\)/gu, (inside) => ' '.repeat(inside.length))
  return [...plain.matchAll(/(?<![\w.])\w+/gu)].flatMap((match) =>
    model.fields.has(match[0])
      ? []
      : [
          {
            ...spanOf(part(list, match.index, match.index + match[0].length)),
            message: `\`${match[0]}\` is no field of model \`${name}\``,
          },
        ],
  )
}
