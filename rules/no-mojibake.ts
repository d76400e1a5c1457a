import {defineRule} from 'spec-lint/rule'

/** Characters of Windows-1252 above U+00FF, with the byte that each stands for. */
const bytes = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'].map((character, index) => [character, 0x80 + index]),
)
const suspicious = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}/gu
const decoder = new TextDecoder('utf-8', {fatal: true})

export default defineRule({
  id: 'no-mojibake',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No character was read in a wrong encoding.',
    why: 'UTF-8 that was once read as something else turns arrows, quotes and accents into litter, and it spreads with every copy.',
    remedy: 'Write the character that was meant.',
    exceptions: 'Only a run that decodes to one character of UTF-8 counts; accented letters in words do not.',
  },
  fixable: 'safe',
  options: {},
  messages: {
    misread: {reason: '`{found}` is `{right}`, read in a wrong encoding', note: 'Write `{right}`.'},
    lost: {reason: 'U+FFFD stands where a character was lost', note: 'Write the character that was meant.'},
  },
  check({document, report}) {
    const {text} = document
    for (const match of text.matchAll(suspicious)) {
      const right = decode(match[0])
      if (right === undefined) continue
      const at = {start: match.index, end: match.index + right.length}
      const fix = {title: `Change to ${right.text}`, safety: 'safe' as const, edits: [{...at, text: right.text}]}
      report.misread(at, {found: match[0].slice(0, right.length), right: right.text}, {expected: [right.text], fix})
    }
    for (const {index} of text.matchAll(/\uFFFD/gu)) report.lost({start: index, end: index + 1})
  },
})

/** The one character whose UTF-8 bytes a run shows, and how many characters of the run they take. */
function decode(run: string): {readonly text: string; readonly length: number} | undefined {
  const codes = [...run].map((character) => bytes.get(character) ?? character.codePointAt(0) ?? 0)
  const [first = 0] = codes
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (codes.length < length || codes.slice(0, length).some((code) => code > 0xff)) return undefined
  try {
    const text = decoder.decode(Uint8Array.from(codes.slice(0, length)))
    // Controls and private characters are no one's intention.
    return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u.test(text) ? {text, length} : undefined
  } catch {
    return undefined
  }
}
