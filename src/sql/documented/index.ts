/** What a document says of a database schema outside of SQL fences. Pure; nothing here throws. */
import {kept} from '../../document/remembered.ts'
import {tablesInWords} from './told-columns.ts'
import type {SpecDocument} from '../../document/types.ts'
import {alembicIn} from './alembic.ts'
import {attributeLists} from './attributes.ts'
import {tablesOfChanges} from './before-after.ts'
import {checksIn} from './checks.ts'
import {tablesOfColumns} from './columns.ts'
import {tablesOfDescriptions} from './described-columns.ts'
import {tablesOfChangeRows} from './change-rows.ts'
import {type DeleteAction, deleteActions} from './delete-actions.ts'
import {entityBlocks} from './entity-blocks.ts'
import {enumsIn} from './enums.ts'
import {rowsIn} from './examples.ts'
import {existingTables} from './existing-tables.ts'
import {foreignKeysIn, relationsIn} from './foreign-keys.ts'
import {groupedAttributes} from './grouped-attributes.ts'
import {indexesIn} from './indexes.ts'
import {diagramsIn} from './mermaid.ts'
import {modelItems} from './model-items.ts'
import {modelLines} from './model-lines.ts'
import type {
  DocumentedCheck,
  DocumentedEnum,
  DocumentedForeignKey,
  DocumentedIndex,
  DocumentedRelation,
  DocumentedTable,
  ExampleRow,
  ModelFacts,
} from './model.ts'
import {Owners} from './owners.ts'
import {prismaIn} from './prisma.ts'
import type {PythonParser} from './python-syntax.ts'
import {pythonModels} from './python.ts'
import {additionsToldIn} from './told-additions.ts'
import {toldFields} from './told-fields.ts'

export type * from './model.ts'
export {type PythonParser, loadPython, loadPythonParser} from './python-syntax.ts'
export {sameType, typeOf} from './types.ts'

/** Tables described column by column, in column tables, attribute lists and diagrams, in the order of the text. */
export function documentedTables(document: SpecDocument): readonly DocumentedTable[] {
  return ordered([...describedTables(document), ...diagramsIn(document).tables])
}

/** Those of column tables and attribute lists; with `always` also those of which it isn't said what they are called. */
export function describedTables(document: SpecDocument, always = false): readonly DocumentedTable[] {
  if (always) return describedAlways(document, () => describe(document, ownersAlways(document)))
  return described(document, () => describe(document, ownersOf(document)))
}

/** Lists of attributes of which the document doesn't say what they are of; what stands above them is no name. */
export function looseLists(document: SpecDocument): readonly DocumentedTable[] {
  const owners = ownersAlways(document)
  return ordered([...attributeLists(document, owners, true), ...groupedAttributes(document, owners, true)])
}

function describe(document: SpecDocument, owners: Owners): Tables {
  return [
    ...tablesOfColumns(document, owners),
    ...tablesOfDescriptions(document, owners),
    ...tablesOfChanges(document, owners),
    ...tablesOfChangeRows(document),
    ...tablesInWords(document, owners),
    ...attributeLists(document, owners),
    ...groupedAttributes(document, owners),
    ...namesTold(document, () => [
      ...modelItems(document),
      ...modelLines(document),
      ...entityBlocks(document),
      ...existingTables(document),
      ...toldFields(document),
    ]),
  ]
}

/** Those that say themselves what they are called. */
const namesTold = kept<Tables>()

type Tables = readonly DocumentedTable[]

const described = kept<Tables>()
const describedAlways = kept<Tables>()
const owned = kept<Owners>()

/** One for all who ask: it keeps the labels that it has read. */
function ownersOf(document: SpecDocument): Owners {
  return owned(document, () => new Owners(document))
}

const ownedAlways = kept<Owners>()

function ownersAlways(document: SpecDocument): Owners {
  return ownedAlways(document, () => new Owners(document, true))
}

/** Columns that items and sentences add to tables, in words that need no change of a schema to be said. */
export function toldAdditions(document: SpecDocument): readonly DocumentedTable[] {
  return additionsToldIn(document, ownersOf(document))
}

/** Indexes and keys in lists. */
export function documentedIndexes(document: SpecDocument): readonly DocumentedIndex[] {
  return indexesIn(document, ownersOf(document))
}

/** Checks that lists and tables call by their names. */
export function documentedChecks(document: SpecDocument): readonly DocumentedCheck[] {
  return checksIn(document)
}

/** Foreign keys in lists; those of columns are constraints of their tables. */
export function documentedForeignKeys(document: SpecDocument): readonly DocumentedForeignKey[] {
  return foreignKeysIn(document, ownersOf(document))
}

/** What becomes of rows when those are deleted that they belong to. */
export function documentedActions(document: SpecDocument): readonly DeleteAction[] {
  return deleteActions(document, ownersOf(document))
}

/** "One `a` has many `b`", `a ↔ c ↔ b`, and the relations of diagrams. */
export function documentedRelations(document: SpecDocument): readonly DocumentedRelation[] {
  return ordered([...relationsIn(document), ...diagramsIn(document).relations])
}

/** Enums in Python and TypeScript fences, lists, tables and the types of columns; those of Prisma are in `modelFacts`. */
export function documentedEnums(document: SpecDocument): readonly DocumentedEnum[] {
  return enumsIn(document, describedTables(document))
}

/** JSON below `**Example Row:**`. */
export function exampleRows(document: SpecDocument): readonly ExampleRow[] {
  return rowsIn(document, ownersOf(document))
}

/** Models and migrations in code. Without a parser (`loadPython`), those of Python are left out. */
export function modelFacts(document: SpecDocument, python: PythonParser | undefined): ModelFacts {
  const {tables, enums} = prismaIn(document)
  return {
    tables: ordered([...tables, ...(python ? pythonModels(document, python) : [])]),
    enums,
    migrations: python ? alembicIn(document, python) : [],
  }
}

function ordered<One extends {readonly start: number}>(all: readonly One[]): readonly One[] {
  return all.toSorted((a, b) => a.start - b.start)
}
