/** What a reader of words would take otherwise than it is meant, written in another way, as long as it was. */
export function asSpoken(written: string): string {
  return written
    .replaceAll(/\bafter that\b/gi, 'afterwards')
    .replaceAll(goesLater, 'drop')
    .replaceAll(withTables, (all, verb: string) => verb + blank(all.slice(verb.length)))
    .replaceAll(leftInvalid, blank)
    .replaceAll(addedValue, '$1`$2`')
}

function blank(words: string): string {
  return ' '.repeat(words.length)
}

/** "A failed build leaves an invalid index": of the index that is meant to be it says nothing. */
const leftInvalid =
  /\bleaves?\s{1,9}(?:behind\s{1,9})?(?:an?\s{1,9}|the\s{1,9})?\x60?invalid\x60?\s{1,9}index(?:es)?\b/gi

/** "The type goes once no column uses it": by a statement of its own, and not with something else. */
const goesLater = /\bgoes(?=\s{1,9}(?:once|when|last|first|after|as\s{1,9}soon\s{1,9}as)\b)/g

/** ``ALTER TYPE `order_state` ADD VALUE 'refunded'``: the value is a name, as it is where all of it is code. */
const addedValue = /(`\w{1,80}` ADD VALUES? (?:IF NOT EXISTS )?)'([\w-]{1,60})'(?!`)/giu

/** "The backfill goes with its columns and table": the table is what something goes with, and is no less to be dropped. */
const withTables =
  /\b(goe?s?|gone)\s{1,9}(?:away\s{1,9}|together\s{1,9})?with\s{1,9}(?:its|their|the|these|those|each)\s{1,9}[^.;,()`\n]{0,40}?\btables?\b/gi
