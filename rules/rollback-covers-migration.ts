import {
  aboutOf,
  backExtras,
  code,
  declaredInWords,
  defineRule,
  earlyInWords,
  extraWords,
  forwardHalf,
  type Halves,
  halvesOf,
  hasName,
  inverseOf,
  isExcused,
  isMeant,
  isOneOfTaken,
  isSaidOfBack,
  isSaidToStay,
  isScript,
  isSpokenOfBack,
  leftBehind,
  leftByWords,
  leftToOthers,
  stepWays,
  madeAt,
  migrationInWords,
  type MigrationWay,
  migrationWays,
  misnamed,
  misspoken,
  objectWords,
  type Operation,
  operationWords,
  orderWords,
  rollbackFix,
  rollbackInStatements,
  rollbackSpeech,
  schemasLeft,
  setAgain,
  soonAt,
  soonIn,
  soonWords,
  type Span,
  type SpecDocument,
  tableOf,
  tooEarly,
  type TooEarly,
  turnFaults,
  unlikeOthers,
  wordsIn,
} from 'spec-lint/rule'

export default defineRule({
  id: 'rollback-covers-migration',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The SQL of the rollback takes back every operation of the migration, in an order that can run.',
    why: 'A rollback is run at the worst moment, by somebody who didn’t write it. What it leaves behind makes the next attempt at the migration fail.',
    remedy:
      'Add the inverse statement, in the reverse order of the migration. For what can’t be taken back, say so in the rollback.',
    exceptions:
      'A rollback in words is asked only for what it leaves out of its list; one that restores a backup or runs a tool is believed, and so is one that says what stays. Whatever goes with a dropped table or column needs no statement of its own. Extensions and data that were added or changed aren’t asked for.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {reason: 'Nothing in the rollback takes back {what}', note: 'Add {inverse} to the rollback.'},
    unlike: {
      reason: 'The rollback drops all others of its kind by name, and not {what}',
      note: 'Add {inverse}, or leave all of them to the tables and columns that they go with.',
    },
    version: {
      reason: 'The way back of {version} does not take back {what}',
      note: 'Add {inverse} to it: where only this one is taken back, that of another isn’t run.',
    },
    script: {reason: 'Nothing in `downgrade` takes back {what}', note: 'Add the operation that does {inverse}.'},
    unknown: {
      reason: 'Nothing in the rollback takes back {what}',
      note: 'There is no statement for it, as {why}: restore it in the rollback, or say there what becomes of it.',
    },
    slip: {
      reason: 'The rollback drops {what}, and the migration makes {meant}',
      note: 'Write the name as in line {line}.',
    },
    extra: {
      reason: 'The rollback {deed}, and nothing in the migration {other}',
      note: 'Add that to the migration, or take this statement out of the rollback.',
    },
    same: {
      reason: 'The rollback sets {what} to what the migration makes it',
      note: 'Write what it was before line {line}.',
    },
    order: {
      reason: 'The rollback drops {what} before {user}, which needs it until then',
      note: 'Move this statement behind the one in line {line}.',
    },
    there: {
      reason: '{what} is there already: line {line} makes it, and nothing drops it first',
      note: 'Drop it before, or take this statement out.',
    },
    kept: {
      reason: '{what} is there before: the rollback makes it on line {line} as it was, and nothing drops it first',
      note: 'Drop it before this statement, or leave the rollback without it.',
    },
    gone: {
      reason: '{what} is gone by then: line {line} drops it, and nothing makes it again',
      note: 'Make it again before, or take this statement out.',
    },
    lost: {
      reason: 'The rollback drops {what} and does not make again what line {line} drops',
      note: 'Add the statement that makes it as it was before the migration.',
    },
    soon: {
      reason: '{user} needs {what}, which the rollback makes only on line {line}',
      note: 'Move this statement behind that one.',
    },
  },
  check({document, type, schema, report}) {
    const facts = {document, type, schema}
    const halves = halvesOf(facts)
    const {told, stated, ways} = waysOf(facts, halves)
    const speech = rollbackSpeech(document, halves)
    for (const way of ways) {
      const words = [...way.places.map((place) => wordsIn(document, place)), ...way.unread].join('\n')
      const unread = way.unread.join('\n')
      const {related} = wayBack(way)
      for (const operation of [...leftBehind(way), ...schemasLeft(document, way)]) {
        const said = isOneOfTaken(operation, way) ? {...speech, kinds: []} : speech
        if (isSaidOfBack(operation, unread, aboutOf(operation, said, document))) continue
        if (stated && isMeant(operation, speech, 'undo')) continue
        const [what, inverse] = [operationWords(operation), inverseOf(operation)]
        if (inverse.kind === 'sql' && isScript(operation))
          report.script(operation, {what, inverse: code(inverse.text.replace(/;$/u, ''))}, {related})
        else if (inverse.kind === 'sql') {
          const fix = rollbackFix(document, way, operation)
          report.missing(operation, {what, inverse: code(inverse.text)}, {related, ...(fix ? {fix} : {})})
        } else if (!isSaidToStay(operation, document) && !isExcused(operation, words, way))
          report.unknown(operation, {what, why: inverse.why}, {related})
      }
      for (const operation of unlikeOthers(way)) {
        const [what, inverse] = [operationWords(operation), inverseOf(operation)]
        const fix = rollbackFix(document, way, operation)
        if (inverse.kind === 'sql' && !isSpokenOfBack(operation, speech))
          report.unlike(operation, {what, inverse: code(inverse.text)}, {related, ...(fix ? {fix} : {})})
      }
      for (const {operation, meant} of misnamed(way)) slip(operation, objectWords(operation), meant)
      for (const {operation, deed} of backExtras(facts, way)) report.extra(operation, extraWords(operation, deed))
      for (const [one, made] of setAgain(way)) report.same(one, againWords(one, made, document), relatedTo(made))
      for (const early of tooEarly(way)) order(early)
      for (const one of soonIn(way)) report.soon(soonAt(one), soonWords(one, document), madeAt(one))
    }
    const steps = stated ? [] : stepWays(document, halves)
    for (const {message, at, words, more} of allTurns([...ways, ...steps], document)) report[message](at, words, more)
    for (const {operation, way, ...words} of stated ? [] : leftToOthers(document, halves))
      report.version(operation, words, wayBack(way))
    if (ways.length === 0) spokenWay()

    /** A way back in words. */
    function spokenWay(): void {
      const up = forwardHalf(halves, told)
      const [place] = halves.places
      const words = halves.places.map((one) => wordsIn(document, one)).join('\n')
      const related = place ? [{start: place.start, end: place.end, message: 'the rollback'}] : []
      // What a statement that can't be read makes, and its drop takes along, isn't known.
      const refused = schema.sql.problems.map(({statement: {start, end}}) => document.text.slice(start, end)).join('\n')
      for (const operation of leftByWords(document, halves, up)) {
        if (hasName(refused, tableOf(operation)) || (operation.kind === 'add-enum-value' && stays.test(words))) continue
        const [what, inverse] = [operationWords(operation), inverseOf(operation)]
        if (inverse.kind === 'sql') report.missing(operation, {what, inverse: code(inverse.text)}, {related})
        else report.unknown(operation, {what, why: inverse.why}, {related})
      }
      for (const {name, meant} of misspoken(up, speech))
        slip(name, objectWords(meant).replace(/`[^`]*`$/u, code(name.text)), meant)
      for (const early of earlyInWords(document, halves, up)) order(early)
    }

    function slip(at: Span, what: string, meant: Operation): void {
      const made = [{start: meant.start, end: meant.end, message: 'what the migration makes'}]
      const line = document.source.lineOf(meant.start)
      report.slip(at, {what, meant: objectWords(meant), line}, {related: made})
    }

    function order(early: TooEarly): void {
      report.order(early.operation, orderWords(early, document), neededBy(early))
    }
  },
})

/** Of a step that is a part of the whole, what the whole has told is not told again. */
function allTurns(ways: readonly MigrationWay[], document: SpecDocument): ReturnType<typeof turnFaults> {
  const faults = ways.flatMap((way) => turnFaults(way, document))
  return [...new Map(faults.toReversed().map((one) => [one.at.start, one])).values()]
}

function neededBy({needs: {start, end}}: TooEarly): {readonly related: readonly (Span & {readonly message: string})[]} {
  return {related: [{start, end, message: 'what needs it'}]}
}

function wayBack({down}: MigrationWay): {readonly related: readonly (Span & {readonly message: string})[]} {
  return {related: down.slice(0, 1).map(({start, end}) => ({start, end, message: 'the rollback'}))}
}

/** The ways there and back that are written; with none, the one that is only stated. */
function waysOf(facts: Parameters<typeof statedWay>[0], halves: Halves): Ways {
  const steps = migrationInWords(facts)
  const told = steps.length > 0 ? steps : declaredInWords(facts)
  const written = migrationWays(halves, told)
  const stated = written.length === 0 ? statedWay(facts, halves, told) : undefined
  return {told, stated, ways: stated ? [stated] : written}
}

interface Ways {
  /** Operations that only words tell of. */
  readonly told: readonly Operation[]
  readonly stated: MigrationWay | undefined
  readonly ways: readonly MigrationWay[]
}

/** A way back whose statements stand in cells and items, between back quotes. */
function statedWay(
  facts: Parameters<typeof rollbackInStatements>[0],
  halves: Halves,
  told: readonly Operation[],
): MigrationWay | undefined {
  const down = rollbackInStatements(facts)
  return down.length === 0 ? undefined : {up: forwardHalf(halves, told), down, places: halves.places, unread: []}
}

type Again = ReturnType<typeof setAgain>[number]

function againWords(
  {kind, table, column}: Again[0],
  made: Again[1],
  {source}: SpecDocument,
): {readonly what: string; readonly line: number} {
  const what = `the ${kind === 'set-default' ? 'default' : 'type'} of ${code(`${table.text}.${column.text}`)}`
  return {what, line: source.lineOf(made.start)}
}

function relatedTo({start, end}: Span): {readonly related: readonly (Span & {readonly message: string})[]} {
  return {related: [{start, end, message: 'the migration'}]}
}

/** "The two values stay": of values that no statement removes, without their names. */
const stays =
  /\bvalues?\b[^.;]{0,80}\b(?:stays?|remains?|(?:is|are|be) (?:kept|left)|can(?:not|['’]t| not) be (?:removed|dropped)|no way)\b/i
