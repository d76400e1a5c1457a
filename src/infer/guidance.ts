import type {SpecDocument} from '../document/types.ts'
import {menuOf} from './menus.ts'
import type {Key} from './metadata.ts'
import {claim, object, plain, seen, told} from './told.ts'
import {isAllTokens, tokensIn} from './tokens.ts'
import type {Claim, Map, Told} from './types.ts'
import {says, vocabulary} from './vocabulary.ts'

const most = 400
const longest = 400
const shortest = 12
const sentence = /[^.?!\n]+(?:[.?!](?![\s"”')*_]|$)[^.?!\n]*)*(?:[.?!]+["”')*_]*)?/gu

/** What of a template must not stay in a document: tokens, menus, sentences to the author. */
export function remainsOf(document: SpecDocument, keys: readonly Key[]): Told<Map> {
  const tokens = document.placeholders.filter(
    ({shape, text}) => shape !== 'word' && shape !== 'menu' && !isRemark(text),
  )
  const values = keys
    .map(({entry}) => entry.raw.trim())
    .filter((raw) => isAllTokens(raw) || /^@[\w-]*(?:handle|user|name)/i.test(raw) || /^YYYY-MM-DD$/i.test(raw))
  const menus = [...document.placeholders.map(({text}) => text), ...keys.map(({entry}) => entry.raw)].flatMap(
    (text) => menuOf(text)?.text ?? [],
  )
  const guidance = guidanceOf(document)
  const kept = distinct([...tokens.map(({text}) => text), ...values])
  return object({
    placeholders: plain(kept.filter((text) => text.length <= longest).slice(0, most)),
    menus: plain(
      distinct(menus)
        .filter((text) => text.length <= longest)
        .slice(0, most),
    ),
    guidance: told(
      guidance.map(({text}) => text),
      ...guidance.slice(0, 1).map((first): Claim =>
        claim(`${guidance.length} sentences that are for the author`, 'guessed', seen(document, first), {
          doubt: 'Sentences that instruct or ask are taken for guidance; delete from the type what documents keep.',
        }),
      ),
    ),
  })
}

/** `[optional]` behind a heading is no token. */
function isRemark(text: string): boolean {
  const inner = text.slice(1, -1).trim()
  return says(vocabulary.optional.mandatory, inner) || /^optional$/i.test(inner)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

interface Sentence {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Sentences of the prose and comments of the code that instruct or ask; comments of HTML are not shown and may stay. */
function guidanceOf(document: SpecDocument): readonly Sentence[] {
  const found = [...prose(document), ...inCode(document), ...inTokens(document)]
  const texts = new Set<string>()
  return found
    .toSorted((a, b) => a.start - b.start)
    .filter(({text}) => text.length >= shortest && text.length <= longest && !texts.has(text) && texts.add(text))
    .slice(0, most)
}

function prose(document: SpecDocument): readonly Sentence[] {
  const {text: source} = document
  const blocks = document.sections.flatMap((section) => [
    ...section.blocks.flatMap((block) => (block.kind === 'paragraph' || block.kind === 'quote' ? [block] : [])),
    ...section.blocks.flatMap((block) => (block.kind === 'list' ? block.items.map(({textSpan}) => textSpan) : [])),
  ])
  return blocks.flatMap(({start, end}) => {
    const written = source.slice(start, Math.min(end, start + 20_000))
    return [...sentencesIn(written, start).filter(({text}) => instructs(text)), ...asides(written, start)]
  })
}

function sentencesIn(written: string, offset: number): readonly Sentence[] {
  // Lines that begin with a label, and items of one paragraph, are sentences of their own.
  const flat = written.replaceAll(/\r\n|\r|\n/gu, (end) => ' '.repeat(end.length))
  return [...flat.matchAll(sentence)].flatMap((match) => {
    const lead = /^[\s>*_-]*(?:\*\*|__)?/u.exec(match[0])?.[0] ?? ''
    const bold =
      lead.endsWith('**') && match[0].slice(lead.length).includes('**') ? lead.length - 2 : lead.trimEnd().length
    const start = offset + match.index + match[0].slice(0, bold).length
    const text = match[0].slice(bold).trim()
    return [
      {
        start: start + (match[0].slice(bold).length - match[0].slice(bold).trimStart().length),
        end: start + text.length,
        text: text.replaceAll(/\s+/gu, ' '),
      },
    ]
  })
}

/** "Describe …", "What …?", "you", "this section": words to the author. A sentence with a token is found by the token. */
function instructs(text: string): boolean {
  const words = text.replaceAll(/^[\W_]+/gu, '').toLowerCase()
  const [first = ''] = words.split(/[^\p{L}']/u)
  if (tokensIn(text).some(({shape}) => shape === 'bracket' && text.startsWith('[')) || isAllTokens(text)) return false
  if (words.split(/\s+/u).length < 3) return false
  if (/\?\W*$/u.test(text) && vocabulary.questions.includes(first)) return true
  if (/^\W*required\W/i.test(text) && says(vocabulary.conditional, text)) return true
  return (
    /[.:…)]\W*$/u.test(text) &&
    (vocabulary.imperatives.includes(first) || says(vocabulary.addresses, text)) &&
    !/^\*\*[^*]+\*\*/u.test(text.replace(/^\*\*(?:note|important|required)\W*\*\*/i, ''))
  )
}

/** `{{TOOL}} (e.g., Alembic)`: the aside goes with the token. */
function asides(written: string, offset: number): readonly Sentence[] {
  return [...written.matchAll(/(?<=[\]}>]\s?)\((?:e\.g\.|i\.e\.|for example)[^()\n]{1,200}\)/gi)].map((match) => ({
    start: offset + match.index,
    end: offset + match.index + match[0].length,
    text: match[0],
  }))
}

/** Comments that instruct, and statements that leave something out. */
function inCode(document: SpecDocument): readonly Sentence[] {
  return document.codes.flatMap((code) =>
    [...code.value.slice(0, 20_000).matchAll(/^[^\n]+$/gmu)].flatMap((match): readonly Sentence[] => {
      const line = match[0].trim()
      const comment = /^(?:--|#|\/\/)\s*(.+)$/u.exec(line)?.[1]?.trim()
      const start = code.offsetAt(match.index)
      if (comment !== undefined)
        return instructs(comment.replace(/[.:]?$/u, '.')) ? [{start, end: start + line.length, text: comment}] : []
      return /\.\.\./u.test(line) && /\p{L}{3}/u.test(line) ? [{start, end: start + line.length, text: line}] : []
    }),
  )
}

/** A question in brackets is one without them, too. */
function inTokens({placeholders}: SpecDocument): readonly Sentence[] {
  return placeholders.flatMap(({shape, start, end, text}) => {
    const inner = text.replaceAll(/^[[{<]+|[\]}>]+$/gu, '').trim()
    const [first = ''] = inner.toLowerCase().split(/[^\p{L}]/u)
    const asks = vocabulary.questions.includes(first) || vocabulary.imperatives.includes(first)
    return (shape === 'bracket' || shape === 'brace') && asks && inner.split(/\s+/u).length > 3
      ? [{start, end, text: inner}]
      : []
  })
}
