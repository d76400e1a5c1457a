import type {Json} from '../document/types.ts'
import {slug} from './slug.ts'
import type {TypeJson} from './load.ts'
import type {
  ChangelogSpec,
  ChecklistSpec,
  CodeSpec,
  ColumnSpec,
  Constraint,
  Detect,
  EntrySpec,
  IdentitySpec,
  IdSpec,
  JsonSchema,
  MetadataSpec,
  Phase,
  SectionSpec,
  Signal,
  SpecType,
  StepSpec,
  StepsSpec,
  SumSpec,
  TableSpec,
} from './types.ts'

// The casts below rest on `schemas/spec-type.schema.json`, by which the JSON was checked before.
type Map = {readonly [key: string]: Json}

/** A checked type file as data with every default filled in. */
export function readType(json: TypeJson): SpecType {
  const outline = (json['outline'] ?? {sections: []}) as Map
  const template = (json['template'] ?? {}) as Map
  const title = json['documentTitle'] as Map | undefined
  const metadata = json['metadata'] as Map | undefined
  const name = String(json['name'])
  return {
    name,
    title: text(json['title']) ?? name,
    description: text(json['description']) ?? '',
    version: json['version'] === undefined ? undefined : String(json['version']),
    versionKey: text(json['versionKey']),
    detect: json['detect'] === undefined ? undefined : readDetect(json['detect'] as Map),
    documentTitle: title && {
      pattern: text(title['pattern']),
      example: String(title['example']),
      sameAs: text(title['sameAs']),
    },
    metadata: metadata && {
      in: metadata['in'] as never,
      section: text(metadata['section']),
      schema: metadata['schema'] as JsonSchema,
      status: text(metadata['status']),
      dates: strings(metadata['dates']),
      aliases: (metadata['aliases'] ?? {}) as MetadataSpec['aliases'],
    },
    outline: {
      order: outline['order'] === 'any' ? 'any' : 'strict',
      additional: outline['additional'] !== false,
      sections: list(outline['sections']).map(readSection),
      constraints: readConstraints(outline['constraints']),
    },
    phases: json['phases'] === undefined ? undefined : {phases: list(json['phases']).map(readPhase)},
    ids: list(json['ids']).map(readIds),
    identity: json['identity'] === undefined ? undefined : readIdentity(json['identity'] as Map),
    relations: list(json['relations']) as unknown as SpecType['relations'],
    changelog: json['changelog'] === undefined ? undefined : readChangelog(json['changelog'] as Map),
    migrationName: json['migrationName'] as SpecType['migrationName'],
    template: {
      placeholders: strings(template['placeholders']),
      menus: strings(template['menus']),
      guidance: strings(template['guidance']),
    },
    rules: (json['rules'] ?? {}) as SpecType['rules'],
  }
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function strings(value: Json | undefined): readonly string[] {
  return list(value).map(String)
}

function readDetect(json: Map): Detect {
  const signals = (value: Json | undefined): readonly Signal[] =>
    list(value).map((one) => (typeof one === 'string' ? {text: one, weight: 1} : (one as unknown as Signal)))
  return {
    metadata: signals(json['metadata']),
    title: signals(json['title']),
    headings: signals(json['headings']),
    minimum: Number(json['minimum']),
  }
}

function readOmittable(value: Json | undefined): SectionSpec['omittable'] {
  if (typeof value === 'boolean' || value === undefined) return value === true && 'reason'
  return value as SectionSpec['omittable']
}

export function readSection(json: Json): SectionSpec {
  const map = (typeof json === 'string' ? {heading: json} : json) as Map
  const repeat = map['repeat'] as Map | undefined
  return {
    id: text(map['id']) ?? slug(String(map['heading'])),
    heading: String(map['heading']),
    pattern: text(map['pattern']),
    aliases: strings(map['aliases']),
    required: (map['required'] ?? true) as SectionSpec['required'],
    omittable: readOmittable(map['omittable']),
    repeat: repeat && {
      min: Number(repeat['min'] ?? 0),
      max: repeat['max'] === undefined ? undefined : Number(repeat['max']),
    },
    role: text(map['role']),
    levels: Number(map['levels'] ?? 1),
    order: map['order'] === 'any' ? 'any' : 'strict',
    measurable: map['measurable'] as SectionSpec['measurable'],
    fields:
      map['fields'] === undefined
        ? undefined
        : {schema: map['fields'] as JsonSchema, sums: list(map['sums']) as unknown as readonly SumSpec[]},
    entries: list(map['entries']).map(readEntry),
    tables: [...(map['table'] === undefined ? [] : [map['table']]), ...list(map['tables'])].map(readTable),
    checklist: map['checklist'] === undefined ? undefined : readChecklist(map['checklist']),
    steps: map['steps'] === undefined ? undefined : readSteps(map['steps']),
    code: map['code'] === undefined ? undefined : readCodeSpec(map['code']),
    children: list(map['children']).map(readSection),
    constraints: readConstraints(map['constraints']),
    skeleton: text(map['skeleton']),
    description: text(map['description']),
  }
}

function readEntry(json: Json): EntrySpec {
  const map = json as Map
  return {
    name: String(map['name']),
    id: text(map['id']),
    min: Number(map['min'] ?? 0),
    fields: map['fields'] as JsonSchema,
  }
}

function readTable(json: Json): TableSpec {
  const map = json as Map
  return {
    columns: list(map['columns']).map(readColumn),
    required: map['required'] !== false,
    minRows: Number(map['minRows'] ?? 0),
    name: text(map['name']),
  }
}

function readColumn(json: Json): ColumnSpec {
  const map = (typeof json === 'string' ? {name: json} : json) as Map
  return {
    name: String(map['name']),
    aliases: strings(map['aliases']),
    required: map['required'] !== false,
    cell: map['cell'] as JsonSchema | undefined,
  }
}

function readStep(json: Json): StepSpec {
  const map = (typeof json === 'string' ? {text: json} : json) as Map
  return {text: String(map['text']), aliases: strings(map['aliases']), required: map['required'] !== false}
}

function readChecklist(json: Json): ChecklistSpec {
  const map = (Array.isArray(json) ? {items: json} : json) as Map
  return {items: list(map['items']).map(readStep), required: map['required'] !== false}
}

function readSteps(json: Json): StepsSpec {
  const map = (Array.isArray(json) ? {items: json} : json) as Map
  return {items: list(map['items']).map(readStep), ordered: map['ordered'] !== false}
}

function readCodeSpec(json: Json): CodeSpec {
  const map = (Array.isArray(json) ? {languages: json} : json) as Map
  return {languages: strings(map['languages']), required: map['required'] === true, others: map['others'] === true}
}

function readIds(json: Json): IdSpec {
  const map = json as Map
  return {
    prefix: String(map['prefix']),
    name: String(map['name']),
    form: String(map['form']),
    in: strings(map['in']),
    coveredBy: list(map['coveredBy']).map((one) => {
      const source = one as Map
      const name = String(source['name'])
      return source['role'] === undefined
        ? {kind: 'ids', prefix: String(source['ids']), name}
        : {kind: 'role', role: String(source['role']), name}
    }),
  }
}

function readIdentity(map: Map): IdentitySpec {
  const unique = map['unique'] !== false
  return map['metadata'] === undefined
    ? {kind: 'title', pattern: String(map['title']), unique}
    : {kind: 'metadata', key: String(map['metadata']), unique}
}

function readChangelog(map: Map): ChangelogSpec {
  return {
    version: map['version'] as unknown as ChangelogSpec['version'],
    date: map['date'] as unknown as ChangelogSpec['date'],
  }
}

export function readConstraints(json: Json | undefined): readonly Constraint[] {
  return list(json) as unknown as readonly Constraint[]
}

function readPhase(json: Json): Phase {
  const map = json as Map
  return {
    status: String(map['status']),
    aliases: strings(map['aliases']),
    kind: map['kind'] as Phase['kind'],
    next: strings(map['next']),
    rules: (map['rules'] ?? {}) as Phase['rules'],
  }
}
