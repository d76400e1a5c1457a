import {kept} from '../document/remembered.ts'
import {createHash} from 'node:crypto'
import type {Project, Specification, Target} from '../rule/types.ts'

/** What rules asked of the world around a document, with a print of the answer. */
export interface Question {
  readonly ask: 'today' | 'specifications' | 'migrations' | 'schema' | 'target'
  /** Of a target: the path. */
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

/** Whether all would be answered now as they were. */
export function areAnswered(questions: readonly Question[], project: Project, database: () => string): boolean {
  return questions.every(({ask, of, answer}) => {
    switch (ask) {
      case 'today':
        return project.today === answer
      case 'specifications':
        return printOfAll(project.specifications) === answer
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
