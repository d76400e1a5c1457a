import type {Act, ObjectKind} from './model.ts'

const acts: readonly (readonly [Act, RegExp])[] = [
  [
    'make',
    /^(?:creat(?:es?|ed|ing|ion)|add(?:s|ed|ing|ition)?|buil(?:ds?|t|ding)|introduc(?:es?|ed|ing)|defin(?:es?|ed|ing)|mak(?:es?|ing)|made|installs?|enables?|establish(?:es)?|attach(?:es)?|declares?|gains?|gets?|gives?|extends?|recreat(?:es?|ed|ing)|restor(?:es?|ed|ing)|re-?add(?:s|ed)?|re-?build|put|place|set-?up|new|generates?|adding|appends?|inserts?|register|provision|includes?)$/u,
  ],
  [
    'take',
    /^(?:drop(?:s|ped|ping)?|remov(?:es?|ed|ing|al)|delet(?:es?|ed|ing|ion)|undo(?:es|ing)?|undone|revert(?:s|ed|ing)?|detach(?:es)?|uninstalls?|disables?|discard(?:s|ed)?|destroy(?:s|ed)?|revers(?:es?|ed|ing)|eliminates?|tear|rid|dismantles?|strip|retires?)$/u,
  ],
  [
    'change',
    /^(?:alter(?:s|ed|ing)?|chang(?:es?|ed|ing)|modif(?:y|ies|ied|ying)|widen(?:s|ed|ing)?|narrow(?:s|ed|ing)?|renam(?:es?|ed|ing)|convert(?:s|ed|ing)?|casts?|increas(?:es?|ed|ing)|enlarg(?:es?|ed|ing)|lengthens?|grow|expand(?:s|ed)?|shorten(?:s|ed)?|shrinks?|relax(?:es)?|tighten(?:s|ed)?|sets?|resets?|turns?|brings?|requires?|allows?|lets?|promotes?|rewrites?|adjusts?|swap(?:s|ped)?)$/u,
  ],
  [
    'keep',
    /^(?:keep(?:s|ing)?|kept|stay(?:s|ed)?|remain(?:s|ed)?|leav(?:es?|ing)|left|harmless|irreversibl[ey]|cannot|can(?:no|’|')t|never|untouched|unchanged|ignor(?:es?|ed)|surviv(?:es?|ed)|vanish(?:es)?|disappears?|cascades?|gone|goes|lost|loses?|preserv(?:es?|ed)|retain(?:s|ed)?)$/u,
  ],
  [
    'other',
    /^(?:backfill(?:s|ed|ing)?|populat(?:es?|ed|ing)|updat(?:es?|ed|ing)|cop(?:y|ies|ied|ying)|mov(?:es?|ed|ing)|switch(?:es|ed)?|point(?:s|ed)?|reads?|writ(?:es?|ing|ten)|validat(?:es?|ed|ing)|verif(?:y|ies|ied|ying)|check(?:ed|ing)|compar(?:es?|ed|ing)|test(?:s|ed|ing)?|run(?:s|ning)?|export(?:s|ed|ing)?|fills?|filled|filling|deploy(?:s|ed|ing)?|start(?:s|ed)?|stop(?:s|ped)?|lock(?:s|ed)?|us(?:es?|ed|ing)|applies|apply|applied|execut(?:es?|ed|ing)|import(?:s|ed)?|load(?:s|ed|ing)?|clean(?:s|ed)?|count(?:s|ed)?|query|queries|selects?|truncates?|analy[sz]es?|vacuum|monitor(?:s|ed)?|ensure|confirm|wait|release|reindex|refresh|derive(?:s|d)?|calculates?|computes?|normali[sz]es?|split|merge|map|seed(?:s|ed)?|enable)$/u,
  ],
]

export function actOf(word: string): Act | undefined {
  if (word === 'enable') return 'make'
  return acts.find(([, form]) => form.test(word))?.[0]
}

/** A verb that may say of what stands before it: "the index is dropped". */
export function isParticiple(word: string): boolean {
  return /(?:ed|built|undone|kept|left|lost|gone|made|written)$/u.test(word)
}

const kinds: readonly (readonly [ObjectKind, RegExp])[] = [
  ['foreign', /^(?:foreign|fks?|references?)$/u],
  ['unique', /^unique(?:ness)?$/u],
  ['primary', /^primary$/u],
  ['check', /^checks?$/u],
  ['constraint', /^constraints?$/u],
  ['key', /^keys?$/u],
  ['index', /^(?:index|indexes|indices)$/u],
  ['table', /^(?:tables?|models?|entit(?:y|ies))$/u],
  ['column', /^(?:columns?|fields?|attributes?)$/u],
  ['type', /^(?:types?|enums?|enumerations?)$/u],
  ['function', /^(?:functions?|procedures?)$/u],
  ['trigger', /^triggers?$/u],
  ['view', /^views?$/u],
  ['schema', /^schemas?$/u],
  ['partition', /^partitions?$/u],
  ['object', /^(?:everything|objects?)$/u],
]

export function kindOf(word: string): ObjectKind | undefined {
  return kinds.find(([, form]) => form.test(word))?.[0]
}

export const prepositions =
  /^(?:on|of|from|in|to|for|into|at|by|against|per|using|references|under|within|as|between|like|than|until|since|via|without|through|onto|over|where|while|when|because|so|which|that|whose)$/u
/** What a column has, and changes when that does. */
export const properties =
  /^(?:types?|defaults?|null|nullability|lengths?|sizes?|precision|scale|width|range|definitions?|collation)$/u
/** Types as statements write them behind a column's name. */
export const types =
  /^(?:text|citext|n?varchar2?|n?char|u?int\d?|integer|(?:big|small|tiny|medium)int|(?:big|small)?serial|uuid|numeric|decimal|money|bool(?:ean)?|date|time|timetz|timestamp|timestamptz|datetime2?|interval|jsonb?|double|real|float\d?|bytea|blob|inet|bit)$/u
export const belonging = /^(?:its|their|with|including|plus)$/u
export const sequels = /^(?:then|finally|lastly|last|afterwards|next)$/u
export const fillers =
  /^(?:the|a|an|and|or|both|all|new|two|three|four|five|six|any|each|every|also|if|not|exists|concurrently|named|called|cascade|restrict|only|it|its|their|with|this|that|these|those|be|is|are|was|were|been|will|at|also|foreign|null|default|same|other|old|following|second|first|valid|secondary|composite|partial|additional|existing|temporary|temp|join|junction|lookup|add|now)$/u
export const auxiliaries = /^(?:do|does|did|must|should|is|are|was|were|be|been|being|gets?|will)$/u
export const helpers =
  /(?:^|_)(?:temp|tmp|temporary|backups?|bak|copy|staging|shadow|scratch|archive|snapshot|export|old|legacy|quarantine|dump|helper|interim)(?:_|$|\d)/u
