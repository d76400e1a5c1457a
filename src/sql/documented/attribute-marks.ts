/** What stands around the parts of an attribute: code, brackets, words such as "new". */
import {expression} from '../../document/expressions.ts'
import {type Stretch, group, joined, part} from './stretch.ts'
import {isKnownType, typeOf} from './types.ts'

/** `enum: held, paid` */
export const listed =
  /^\s*`?enum\b`?(?:\s*[:=]\s*[`'"]?|\s+[`'"])(?!(?:not|null|nullable|default|required|optional|unique)\b)[\w-]+[`'"]?(?:\s*[,/|]\s*[`'"]?(?!(?:not|null|nullable|default|required|optional|unique)\b)[\w-]+[`'"]?)+/i

const inCode = /^\x60([\p{L}_]\w{0,62})\s+([A-Za-z][^\x60]{1,300})\x60(?=$|[\s.;,–—-])/du
const clauseNext = /^\w+\s+(?:NOT NULL|NULL|DEFAULT\s|UNIQUE|PRIMARY KEY|REFERENCES\s)/u
const inBrackets = /^(\x60?[\p{L}_]\w{0,62}\x60?\s*:\s*[^\s[\]]{2,60})\s+\[([^[\]]{3,200})\]/du

/** `` `code` – new, `VARCHAR(12)` `` */
export const isNew = /^(\x60[\p{L}_]\w{0,62}\x60)\s*[:–—-]\s*(?:new|added)\s*[,;:]\s*(?=\x60?[A-Za-z]+\b)/du

/** `` `code VARCHAR(12) NOT NULL` `` and `` `code: VARCHAR(12)` [not null] `` as others write them. */
export function withoutMarks(line: Stretch): Stretch {
  const code = inCode.exec(line.text)
  const [name, rest] = code ? [group(line, code, 1), group(line, code, 2)] : []
  if (code && name && rest && (isKnownType(typeOf(firstType(rest))) || clauseNext.test(rest.text))) {
    const behind = part(line, code[0].length)
    return joined(name, ': ', behind.text === '' ? rest : joined(rest, ' ', behind))
  }
  const fresh = isNew.exec(line.text)
  const named = fresh ? group(line, fresh, 1) : undefined
  if (fresh && named) return joined(named, ': ', part(line, fresh[0].length))
  const bracketed = inBrackets.exec(line.text)
  const [typed, words] = bracketed ? [group(line, bracketed, 1), group(line, bracketed, 2)] : []
  return typed && words ? joined(typed, ', ', words) : line
}

/** `UUID, PK` names the type first; `ENUM('a', 'b')` and `DECIMAL(10,2)` keep their commas. */
export function firstType(typed: Stretch): Stretch {
  if (listed.test(typed.text)) return typed
  const word =
    /^[\s`*]*[^\s,(`[\]'"]+(?:\s*\([^()]*\))?(?:\s+(?:unsigned|varying|precision|with(?:out)? time zone))?(?=[`*]*\s*,)/iu.exec(
      typed.text,
    )?.[0]
  const flagged =
    /^([\s`*]*[^\s(`]+(?:\s*\([^()]*\))?(?:\s+(?:unsigned|varying|precision|with(?:out)? time zone))?\??)\s+(?:PK|FK|UNIQUE|NOT NULL|NULL|PRIMARY KEY|AUTO_INCREMENT|identity|DEFAULT|REFERENCES|nullable|required|optional)\b/i.exec(
      typed.text,
    )?.[1]
  return word !== undefined
    ? part(typed, 0, word.length)
    : flagged !== undefined
      ? part(typed, 0, flagged.length)
      : typed
}

/** `` `earliest_date` and `latest_date`: both `DATE` ``, `` `created_at`, `updated_at` (TIMESTAMP) ``: of each column the same is said. */
const several = expression(
  'diu',
)`^((?:\x60[\p{L}_]\w{0,62}\x60(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&/]\s*)){1,5}\x60[\p{L}_]\w{0,62}\x60)(?:\s*[:–—-]\s*|\s*(?=\()|\s+(?=\x60?[\p{L}]+\b))(?:(?:both|each|all)\s+)?`
const quoted = /`(\w+)`/dgu

/** The lines of columns that share one. */
export function linesOfSeveral(line: Stretch): readonly Stretch[] | undefined {
  const match = several.exec(line.text)
  const names = match ? group(line, match, 1) : undefined
  if (!match || !names) return undefined
  const said = part(line, match[0].length)
  // "both `DATE` and required"
  const type = /^\x60[^\x60]{1,60}\x60(?=\s+and\s)/u.exec(said.text)?.[0]
  const rest = type === undefined ? said : joined(part(said, 0, type.length), ', ', part(said, type.length + 4))
  return [...names.text.matchAll(quoted)].flatMap((found) => {
    const name = group(names, found, 1)
    return name ? [joined(name, ': ', rest)] : []
  })
}
