import type {ChangeRule} from './change.ts'
import type {ProofRule} from './proof.ts'
import type {Messages, OptionSchemas, Rule} from './types.ts'

export type * from './change.ts'
export type * from './proof.ts'
export type * from './types.ts'
export {basisOf, ranWords} from './basis.ts'
export {isSaid} from './said.ts'
export {isExplainedIn} from './index-words.ts'
export {isThere} from './present.ts'
export {isBuiltinType} from '../sql/postgres-types.ts'
export {madeIn, makesAll} from './whole.ts'
export {extensionOf} from '../sql/extensions.ts'
export {isBuiltinFunction, triggerFunction, type UseFact, usesOf} from './uses.ts'
export {type Hazard, hazardsOf} from './hazards.ts'
export {byteLength} from '../document/bytes.ts'
export {capital, code, list, statementCode} from '../document/words.ts'
export {openIn} from '../type/filled.ts'
export {properties} from '../type/text-values.ts'
export {headingForm, keyForm, sameHeading} from '../type/normalize.ts'
export {form as tokenForm} from '../type/filled.ts'
export {matches} from '../type/regex.ts'
export {blockAbove, isWithin, sectionAt} from '../document/places.ts'
export {type Measured, percentileRuns} from '../document/percentile-runs.ts'
export {quantitiesIn, type Quantity} from '../document/quantities.ts'
export {compareVersions, versionOf} from '../document/versions.ts'
export {localUrl, type LocalUrl} from '../document/url.ts'
export {nearest} from '../type/nearest.ts'
export {identityForm, mayMean, relatedIn, relatedSpecification} from './related.ts'
export {bodyChanged, dateKey, isSilentEdit, logChanged} from './edits.ts'
export {canonicalId, exampleId} from './ids.ts'
export {commentsBeside} from './comments.ts'
export {guidanceIn, removalOf} from './guidance.ts'
export {
  headOf,
  indexesOf,
  indexShapes,
  knowsIndexes,
  queryPatterns,
  shownQueries,
  type QueryPattern,
  rowsOf,
} from './queries.ts'
export {supportsOf, unserved} from './supports.ts'
export {isServed, narrows, serving} from '../sql/queries/serves.ts'
export {
  foreignKeysIn,
  forwardOperations,
  isIndexed,
  isIndexWritten,
  scriptOperations,
  strayColumns,
  type TableKey,
} from './keys.ts'
export {isDeclarable, modelHalves} from './modelled.ts'
export {migrationNames, stampedNames} from './migration-names.ts'
export {migrationFolders, type MigrationTool, migrationTools} from './migration-tools.ts'
export {
  afterItsEnd,
  columnsAfterEnd,
  type AfterEnd,
  columnsAround,
  isGone,
  lacksTable,
  isTolerant,
  nearTables,
  sameForm,
  tableForm,
} from './existence.ts'
export {knownTables, schemaMoments} from './moments.ts'
export {tableFault} from './table-faults.ts'
export {type KnownTable, type StateTables, stateTables} from './state-tables.ts'
export {columnKey} from '../sql/state/apply.ts'
export {columnIn, tableIn} from '../sql/state/lookup.ts'
export {migrationName} from '../sql/migrations/names.ts'
export {describedElsewhere} from './described-elsewhere.ts'
export {
  type DescribedKey,
  describedKeys,
  fits,
  isInSql,
  isSaidOtherwise,
  keyOfAnother,
  modelKeys,
  fieldsOfOthers,
  notUnique,
} from './key-targets.ts'
export {type Differences, differencesOf, isSetByProgram, typeWordsOf} from './column-differences.ts'
export {columnForm, columnOf, type Creation, createdColumns, creationsOf, finalName} from './creations.ts'
export {type EnumFault, enumFaults} from './enum-votes.ts'
export {valuesOutside} from './enum-values.ts'
export {looseOutside} from './loose-values.ts'
export {enumGroups, type ValueList} from './enums.ts'
export {indexFix, indexFor} from './index-fix.ts'
export {constraintsOf} from '../sql/parts.ts'
export {askedKeys, findSharing, nameKeys, sharing} from '../sql/named.ts'
export {
  called,
  entityForm,
  entityOf,
  itself,
  nameOf,
  newName,
  ofKind,
  ofTable,
  operationsOf,
  ownerOf,
  roleAt,
  sameName,
} from './schema.ts'
export {isKnownType, sameType} from '../sql/documented/types.ts'
export {lastPart} from '../sql/implicit.ts'
export {inverseOf} from '../sql/inverse.ts'
export {tableOf, undoes} from '../sql/undoes.ts'
export {operationWords} from '../sql/operation-words.ts'
export {tooEarly, type TooEarly} from '../sql/order.ts'
export {swallowedLabels} from './swallowed-labels.ts'
export {extraWords, madeAt, objectWords, orderWords, soonAt, soonIn, soonWords, turnFaults} from './back-words.ts'
export {tooSoon, type TooSoon} from '../sql/too-soon.ts'
export {type Lack, lacking} from '../sql/covers.ts'
export {isScript, lacksBetweenHalves} from './half-lacks.ts'
export {isDeclaring, schemaDifferences} from './schema-differences.ts'
export {listedOnly, unlisted} from './listed-contents.ts'
export {rowsTooSoon} from './row-order.ts'
export {listedKeys} from './listed-keys.ts'
export {differing} from '../sql/differs.ts'
export {
  forwardHalf,
  type Halves,
  freeOperations,
  halvesOf,
  hasName,
  isDdl,
  isOpen,
  migrationWays,
  type MigrationWay,
  wordsIn,
  saidIn,
} from './halves.ts'
export {documentedOperations} from './documented-lacks.ts'
export {declaredInWords, migrationInWords, rollbackInStatements, usedTooSoon} from './told-operations.ts'
export {type BackExtra, backExtras} from './back-extras.ts'
export {setAgain} from './back-same.ts'
export {aboutOf, isChangeOfColumn} from './back-speech.ts'
export {isOddOne, isOneOfTaken, leftBehind, misnamed, misspoken, unlikeOthers} from './left-behind.ts'
export {
  asksForRollback,
  isBareField,
  isRollbackField,
  migrationOperations,
  rollbackFields,
  withoutTests,
} from './rollbacks.ts'
export {inverseLines, migrationFix, rollbackFix} from './half-fixes.ts'
export {
  earlyInWords,
  isSaidOf,
  isSaidTable,
  leftByWords,
  leftUnspoken,
  migrationPlan,
  newNames,
  rollbackSpeech,
} from './plans.ts'
export {
  isMeant,
  isNamed,
  kindsOf,
  mentionsOf,
  type ObjectKind,
  type SpokenName,
  type Speech,
  spokenNames,
} from '../sql/speech/index.ts'
export {documentedExtras, documentedPast} from './documented-extras.ts'
export {documentedLacks} from './documented-lacks.ts'
export {jsonProblem, type JsonProblem} from '../document/json.ts'
export {foreignEngineAt} from '../sql/dialect.ts'
export {additionOf} from './additions.ts'
export {
  bulletOf,
  indentBelow,
  labelledLine,
  lineEnd,
  linesBelow,
  listItemAt,
  replacementOf,
  safetyOf,
  shortened,
} from './lines.ts'
export {
  countOn,
  explainedBy,
  missingBetween,
  type Move,
  numberedIn,
  type NumberedSection,
  numberEnding,
  prefixOf,
  renumber,
  type Slip,
  slipsIn,
  withLast,
} from './numbering.ts'
export {
  headingLine,
  holdsRole,
  isConditional,
  isMissing,
  isPlain,
  isUnfilled,
  forwardChanges,
  lackedMigration,
  lacksPart,
  placeWords,
  skeletonOf,
  besideGap,
  takesNumber,
} from './sections.ts'

/** Identity at run time: it only lets TypeScript infer the options and the slots of the messages. */
export function defineRule<const M extends Messages, const S extends OptionSchemas>(rule: Rule<M, S>): Rule<M, S> {
  return rule
}

/** A rule of a whole change, as `defineRule` makes one of a document. */
export function defineChangeRule<const M extends Messages, const S extends OptionSchemas>(
  rule: Omit<ChangeRule<M, S>, 'scope'>,
): ChangeRule<M, S> {
  return {...rule, scope: 'change'}
}

/** A rule of what became of a document's SQL, as `defineRule` makes one of the document itself. */
export function defineProofRule<const M extends Messages, const S extends OptionSchemas>(
  rule: Omit<ProofRule<M, S>, 'scope'>,
): ProofRule<M, S> {
  return {...rule, scope: 'proof'}
}
export {columnFaults, otherColumnFaults} from './column-faults.ts'
export {related} from './related-place.ts'
export {isMade, userWords, withoutParts} from './lacks.ts'
export {isEntity, type TablesAround, tablesAround} from './tables-around.ts'
export {isNamedIn, isSaidOfBack, isSaidToStay, isSpokenOfBack} from './back-said.ts'
export {triggersTold, uncalledFunctions} from './triggers.ts'
export {schemasLeft} from './schemas-left.ts'
export {leftToOthers, stepWays} from './versioned-ways.ts'
export {columnsOfQueries, slippedColumns, type WholeTable, wholeTables} from './unmet-columns.ts'
export {unmetNames} from './unmet-names.ts'
export {unmetTables} from './unmet-tables.ts'
export {mistakenNames} from './mistaken-names.ts'
export {isExcused} from './loss-words.ts'
export {isColumnSaid} from './columns-said.ts'
