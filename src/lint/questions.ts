import {kept} from '../document/remembered.ts'
import {createHash} from 'node:crypto'
import type {Project, Related, Specification, Target} from '../rule/types.ts'

/** What rules asked of the world around a document, with a print of the answer. */
export interface Question {
  readonly ask: 'today' | 'specifications' | keyof Related | 'migrations' | 'schema' | 'target'
  /** Of a target: the path; of specifications: what they are known by. */
  readonly of: string
  readonly answer: string
}

/** A project that writes down what it is asked. `database` gives the print of the files that the database is known from. */
export function recorded(
  project: Project,
  database: () => string,
): {readonly project: Project; readonly questions: () => readonly Question[]} {
  const asked = new Map<string, Question>()
  const note = (ask: Question['ask'], of: string, answer: () => string): void => {
    const key = `${ask} ${of}`
    if (!asked.has(key)) asked.set(key, {ask, of, answer: answer()})
  }
  return {
    questions: () => [...asked.values()],
    project: {
      self: project.self,
      before: project.before,
      earlier: project.earlier,
      get today() {
        note('today', '', () => project.today)
        return project.today
      },
      get specifications() {
        const {specifications} = project
        note('specifications', '', () => printOfAll(specifications))
        return specifications
      },
      related: recordedRelated(project, note),
      target: (path) => {
        const target = project.target(path)
        note('target', path, () => printOfTarget(target))
        return target
      },
      get migrations() {
        note('migrations', '', database)
        return project.migrations
      },
      schemaAround: (names) => {
        note('schema', '', database)
        return project.schemaAround(names)
      },
    },
  }
}

type Note = (ask: Question['ask'], of: string, answer: () => string) => void

function recordedRelated(project: Project, note: Note): Related {
  const asked = (ask: keyof Related, of: string, found: readonly Specification[]): readonly Specification[] => {
    note(ask, of, () => printOfSome(found))
    return found
  }
  return {
    at: (path) => asked('at', path, wrapped(project.related.at(path)))[0],
    identifiedAs: (identity) => asked('identifiedAs', identity, project.related.identifiedAs(identity)),
    defining: (id) => asked('defining', id, project.related.defining(id)),
    naming: (one) => asked('naming', wordsOf(one), project.related.naming(one)),
  }
}

/** What `naming` is asked for, as a text and back. */
function wordsOf({path, identity}: Pick<Specification, 'path' | 'identity'>): string {
  return JSON.stringify({path, identity})
}

function wrapped(one: Specification | undefined): readonly Specification[] {
  return one ? [one] : []
}

/** Whether all would be answered now as they were. */
export function areAnswered(questions: readonly Question[], project: Project, database: () => string): boolean {
  return questions.every(({ask, of, answer}) => {
    switch (ask) {
      case 'today':
        return project.today === answer
      case 'specifications':
        return printOfAll(project.specifications) === answer
      case 'at':
        return printOfSome(wrapped(project.related.at(of))) === answer
      case 'identifiedAs':
        return printOfSome(project.related.identifiedAs(of)) === answer
      case 'defining':
        return printOfSome(project.related.defining(of)) === answer
      case 'naming':
        // As `wordsOf` wrote it.
        return (
          printOfSome(project.related.naming(JSON.parse(of) as Pick<Specification, 'path' | 'identity'>)) === answer
        )
      case 'migrations':
      case 'schema':
        return database() === answer
      case 'target':
        return printOfTarget(project.target(of)) === answer
      default:
        return ask satisfies never
    }
  })
}

const lists = kept<string>()
const ones = new WeakMap<object, string>()

function printOfAll(all: readonly Specification[]): string {
  return lists(all, () => printOf(all.map(printOfOne)))
}

function printOfSome(some: readonly Specification[]): string {
  return some.length === 0 ? '' : printOf(some.map(printOfOne))
}

function printOfOne(specification: Specification): string {
  const known = ones.get(specification) ?? printOf(specification)
  ones.set(specification, known)
  return known
}

function printOfTarget(target: Target): string {
  if (target.kind !== 'file') return printOf(target)
  const {kind, path, anchors, specification} = target
  return printOf([kind, path, anchors ? printOfAnchors(anchors) : '', specification ? printOfOne(specification) : ''])
}

function printOfAnchors(anchors: ReadonlySet<string>): string {
  const known = ones.get(anchors) ?? printOf([...anchors])
  ones.set(anchors, known)
  return known
}

function printOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27)
}
