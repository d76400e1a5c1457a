import {expect, test} from 'vitest'
import {builtinTypes, inferFromTemplate, loadTypes} from '../../src/index.ts'
import {outlineOf} from '../../src/scaffold/outline.ts'
import {renderType} from '../../src/scaffold/render.ts'
import {bareForm, headingForm, keyForm} from '../../src/type/normalize.ts'
import {properties, requiredOf} from '../../src/type/text-values.ts'
import type {SectionSpec, SpecType, StepSpec} from '../../src/type/types.ts'

const types = builtinTypes().map((type) => ({name: type.name, type}))

function back(type: SpecType): SpecType {
  const inferred = inferFromTemplate(renderType(type, {kind: 'template'}), type.name)
  if ('problem' in inferred) throw new Error(inferred.problem)
  const [loaded] = loadTypes([inferred.json])
  if (!loaded || 'problems' in loaded) throw new Error(JSON.stringify(loaded))
  return loaded.type
}

function form(text: string): string {
  return bareForm(headingForm(text))
}

/** What a template says of a section: all but `docs/infer.md`'s list of what it can't. */
function said(spec: SectionSpec): unknown {
  return {
    // A section that repeats is known by its pattern.
    heading: spec.repeat ? '*' : form(spec.heading),
    required: spec.repeat ? spec.repeat.min : spec.required,
    labels: Object.keys(properties(spec.fields?.schema ?? {})),
    requiredLabels: requiredOf(spec.fields?.schema ?? {}),
    choices: Object.values(properties(spec.fields?.schema ?? {})).map(({enum: values}) => values ?? []),
    entries: spec.entries.map(({id, min, fields}) => ({id, min, labels: Object.keys(properties(fields))})),
    tables: spec.tables.map(({columns}) => columns.map(({name, required}) => `${keyForm(name)} ${required}`)),
    tasks: spec.checklist?.items.map(step),
    steps: spec.steps?.items.map(step),
    children: spec.children.map(said),
  }
}

function step({text, required}: StepSpec): string {
  return `${form(text)} ${required}`
}

test.for(types)('the template of $name has its sections, labels, tables and tasks in order', ({type}) => {
  expect(back(type).outline.sections.map(said)).toEqual(type.outline.sections.map(said))
})

test.for(types)('the template of $name has its metadata and identifiers', ({type}) => {
  const keys = ({metadata}: SpecType): unknown => ({
    in: metadata?.in,
    status: metadata?.status,
    required: requiredOf(metadata?.schema ?? {}),
    keys: Object.entries(properties(metadata?.schema ?? {})).map(([key, {enum: values}]) => [
      key,
      // A choice between one value is none.
      Array.isArray(values) && values.length > 1 ? values : [],
    ]),
  })
  const inferred = back(type)
  expect(keys(inferred)).toEqual(keys(type))
  expect(inferred.ids.map((kind) => kind.form).toSorted()).toEqual(type.ids.map((kind) => kind.form).toSorted())
})

test('the outline of a type has a line for each part', () => {
  const text = outlineOf(types.find(({name}) => name === 'prd-iosm')?.type as SpecType).join('\n')
  expect(text).toContain('\n  Status: Draft | Review | Approved | Implemented\n')
  expect(text).toContain('\n  FR-{n} functional requirement\n')
  expect(text).toContain('\n    ### User Experience (if applicable): optional, or N/A: reason\n      UI mockups\n')
  expect(text).toContain('\n      FR: functional requirement, 1 or more\n        Description\n')
  expect(text).toContain('\n    table\n      Risk\n      Impact (H/M/L): H | M | L | High | Medium | Low\n')
  expect(text).toContain('\n      [ ] API endpoints return expected responses (optional)\n')
})
