import type {Field, Section, Span} from '../document/types.ts'
import {properties} from './text-values.ts'
import type {BoundSection} from './types.ts'

/** What stands below a labelled line whose schema gives it a role: as a section inside of the one that holds it. */
export interface Part {
  readonly role: string
  readonly section: Section
}

/** The labelled lines with a role, those with a script: words alone belong to the section. */
export function partsOf(sections: readonly BoundSection[]): readonly Part[] {
  return sections.flatMap(({spec, fields}) => {
    const schemas = spec.fields ? properties(spec.fields.schema) : {}
    return fields.flatMap(({section, found}) =>
      found.flatMap(({property, field}): readonly Part[] => {
        const role = schemas[property]?.['x-role']
        const part = partOf(section, field)
        return typeof role === 'string' && part.codes.length > 0 ? [{role, section: part}] : []
      }),
    )
  })
}

function partOf(section: Section, field: Field): Section {
  const {start, blocks} = field
  const end = Math.max(field.end, ...blocks.map((block) => block.end))
  const isInside = (one: Span): boolean => one.start >= start && one.end <= end
  return {
    ...section,
    start,
    end,
    body: {start, end},
    children: [],
    blocks,
    fields: [field],
    lists: section.lists.filter(isInside),
    tables: section.tables.filter(isInside),
    codes: section.codes.filter((code) => isInside(code) && isScript(code)),
  }
}

function isScript({language}: Section['codes'][number]): boolean {
  return language !== undefined && /sql|^(?:py|pg|postgres|mariadb|ddl)/u.test(language)
}
