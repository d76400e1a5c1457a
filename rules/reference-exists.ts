import {
  type BoundIds,
  canonicalId,
  defineRule,
  list,
  mayMean,
  type Mention,
  nearest,
  type Section,
  type Span,
  type SpecDocument,
  type Specification,
  swallowedLabels,
} from 'spec-lint/rule'

const sectionMention =
  /(?<![\p{L}\p{N}])(?:[Ss]ections?|[Ss]ec\.|[Ss]ect\.|§)\s{0,3}(\d{1,2}(?:\.\d{1,3}){0,4})(?![\p{L}\p{N}%]|\.\d)/gu
/** Words in a sentence by which its section is one of another text. */
const elsewhere =
  /\b(?:RFC|ISO|IEC|IEEE|NIST|OWASP|ASVS|WCAG|GDPR|HIPAA|PCI|SOC|CCPA|U\.?S\.?C|Act|Regulation|Directive|law|statute|standard|appendix|book|chapter|manual|contract|agreement|licen[cs]e|spec\b|specification|PRD|ADR|design doc|handbook|guide(?:line)?s?)\b|https?:|\]\((?!#)/i

export default defineRule({
  id: 'reference-exists',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every requirement, use case or numbered section that the text names is there.',
    why: 'A criterion for `FR-9` in a document that ends with `FR-7` checks nothing; mostly a requirement was renumbered or lost.',
    remedy: 'Write the identifier that is meant, or define it.',
    exceptions:
      'Identifiers in code, those of kinds that the type does not have, and those of another specification of the run, or of one that this document links to; where both documents count from one, the other one has to be named beside. A section number in a sentence that speaks of another text.',
  },
  options: {},
  messages: {
    absent: {
      reason: '`{id}` is defined nowhere',
      note: '{known} Write the one that is meant, or define `{id}`.',
    },
    section: {
      reason: 'There is no section `{number}`',
      note: 'Write the number of the section that is meant; those of this document run from `{first}` to `{last}`.',
    },
  },
  check({document, type, project, report}) {
    const othersWith = (id: string): readonly Specification[] =>
      project.related.defining(id).filter(({path}) => path !== project.self?.path)
    for (const ids of type.ids) {
      // Where the section that defines them is missing or empty, that is the fault.
      if (ids.homeless && ids.definitions.length === 0) continue
      const defined = ids.definitions.length > 0 ? ids.meant : itemIds(document, ids)
      const own = document.items.map(({id}) => id)
      // What the list above swallows is told there.
      const swallowed = new Set(
        swallowedLabels(document).map(({text}) => /^\*\*([A-Z]+-?\d[\d.]*\d|[A-Z]+-?\d)/u.exec(text)?.[1]),
      )
      for (const mention of document.mentions) {
        if (
          mention.prefix !== ids.spec.prefix ||
          isKnown(mention.id, defined) ||
          swallowed.has(mention.id) ||
          othersWith(mention.id).some((one) => mayMean(mention, document, own, one))
        )
          continue
        if (isSlip(mention, ids)) continue
        const known = ids.definitions.map(({item}) => item.id)
        report.absent(
          mention,
          {id: mention.id, known: knownWords(known, ids) + elsewhereWords(othersWith(mention.id))},
          {expected: nearest(mention.id, [...new Set(known)]).slice(0, 3)},
        )
      }
    }
    const numbers = numberedSections(document)
    if (numbers.size === 0) return
    for (const {at, number} of sectionMentions(document)) {
      if (stands(number, numbers)) continue
      const all = [...numbers.keys()]
      report.section(at, {number, first: all[0] ?? '', last: all.at(-1) ?? ''})
    }
  },
})

/** Without a definition in its place, whatever looks like one is. */
function itemIds({items}: SpecDocument, {spec, meant}: BoundIds): ReadonlySet<string> {
  return new Set([...meant, ...items.flatMap(({id, prefix}) => (prefix === spec.prefix ? [canonicalId(id)] : []))])
}

/** `FR-007` is `FR-7`; `FR-1.2` is a part of `FR-1`. */
function isKnown(id: string, defined: ReadonlySet<string>): boolean {
  const plain = canonicalId(id)
  return defined.has(plain) || (plain.includes('.') && isKnown(plain.replace(/\.\d+$/u, ''), defined))
}

/** What stands where a definition belongs is for `requirement-id` to judge. */
function isSlip({start, end}: Mention, {problems}: BoundIds): boolean {
  return problems.some(({at}) => at.start < end && at.end > start)
}

function knownWords(known: readonly string[], {spec}: BoundIds): string {
  return known.length === 0
    ? `The document defines no ${spec.name}.`
    : `The document defines ${list([...new Set(known)])}.`
}

/** Another document has one of the name: it would have to be named beside. */
function elsewhereWords(others: readonly Specification[]): string {
  const found = others.map(({path}) => path)
  return found.length === 0 ? '' : ` ${list(found)} has one of its own; link to it if that is meant.`
}

/** Sections by their number, in the order of the document. */
function numberedSections({sections}: SpecDocument): ReadonlyMap<string, Section> {
  return new Map(
    sections.flatMap((section) => (section.heading?.number ? [[section.heading.number.text, section]] : [])),
  )
}

function sectionMentions(document: SpecDocument): readonly {readonly at: Span; readonly number: string}[] {
  // Where links to other files or names of other texts (`SL-D5 §11.1`) are written with the sign, it mostly means a section of theirs.
  const foreign =
    document.text.includes('§') &&
    (document.links.some(({text, url}) => text.includes('§') && !url.startsWith('#')) ||
      document.prose.some(({text}) => /\p{Lu}{2}[\p{L}\p{N}\u2010-\u2015-]{0,20}\s?§/u.test(text)))
  const mentioning = document.prose.filter(({text}) => /[Ss]ec|§/u.test(text))
  return mentioning.flatMap(({text, start}) =>
    [...text.matchAll(sectionMention)].flatMap((match) => {
      if (foreign && match[0].startsWith('§')) return []
      const first = {start: start + match.index, end: start + match.index + match[0].length}
      const more = moreNumbers(text, match.index + match[0].length)
      const last = (more.at(-1)?.end ?? match.index + match[0].length) + start
      if (isOfAnother(first.start, last, document) || isLinked(document, first.start)) return []
      return [
        {at: first, number: match[1] ?? ''},
        ...more.map((one) => ({at: {start: start + one.start, end: start + one.end}, number: one.number})),
      ]
    }),
  )
}

/** "sections 3.1, 3.2 and 3.8" */
function moreNumbers(text: string, from: number): readonly (Span & {readonly number: string})[] {
  const next =
    /^\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|or\s+|to\s+|through\s+|[–—-]\s*)(?:§\s*)?(\d{1,2}(?:\.\d{1,3}){1,4})(?![\p{L}\p{N}%]|\.\d)/u.exec(
      text.slice(from, from + 40),
    )
  if (!next) return []
  const end = from + next[0].length
  const number = next[1] ?? ''
  return [{start: end - number.length, end, number}, ...moreNumbers(text, end)]
}

/** The sentence around speaks of another text: a standard, a linked document, "of the contract". */
function isOfAnother(start: number, end: number, {text}: SpecDocument): boolean {
  const before =
    text
      .slice(Math.max(0, start - 160), start)
      .split(/[.!?]\s|\n\s*\n|\n\s*[-*|]\s/u)
      .at(-1) ?? ''
  const after = text.slice(end, end + 100).split(/[.!?](?:\s|$)|\n\s*\n/u, 1)[0] ?? ''
  return (
    elsewhere.test(before) || elsewhere.test(after) || /^\s*(?:of|in|from)\s+(?!(?:this|the present)\b)/u.test(after)
  )
}

/** A link says itself what it leads to. */
function isLinked({links}: SpecDocument, offset: number): boolean {
  return links.some(({start, end, url}) => offset >= start && offset < end && !url.startsWith('#'))
}

/** A number that some heading has, or that the position of an unnumbered one gives: the second below `3` is `3.2`. */
function stands(number: string, numbers: ReadonlyMap<string, Section>): boolean {
  if (numbers.has(number)) return true
  const parts = number.split('.').map(Number)
  const parent = numbers.get(parts.slice(0, -1).join('.'))
  const last = parts.at(-1) ?? 0
  if (!parent) return false
  const unnumbered = parent.children.every(({heading}) => !heading?.number)
  return unnumbered && last >= 1 && (last <= parent.children.length || parent.children.length === 0)
}
