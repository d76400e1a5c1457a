import type {Json} from '../document/types.ts'
import {migrationToolNames} from '../rule/migration-tools.ts'
import type {AnyRule, JsonSchema} from '../rule/types.ts'

const levels = ['off', 'info', 'warn', 'warning', 'error', 0, 1, 2, true, false]
const globs = {
  type: 'array',
  items: {type: 'string', minLength: 1},
  description: 'Patterns of .gitignore, relative to this file.',
}

const path = {type: 'string', minLength: 1, maxLength: 1000}

/** JSON Schema of `spec-lint.yaml`, with every rule and its options. */
export function configSchema(rules: readonly AnyRule[], others: readonly string[]): JsonSchema {
  const severity: JsonSchema = {enum: levels}
  const properties = Object.fromEntries([
    ...rules.map((rule) => [rule.id, ruleSchema(rule)] as const),
    ...others.map(
      (name) =>
        [
          `remark-lint/${name}`,
          {
            anyOf: [
              {$ref: '#/$defs/severity'},
              {type: 'array', prefixItems: [{$ref: '#/$defs/severity'}], minItems: 1, maxItems: 2},
            ],
            description: `The rule ${name} of remark-lint; off by default.`,
          },
        ] as const,
    ),
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas/config.schema.json',
    title: 'Configuration of spec-lint',
    description: 'spec-lint.yaml: which files are specifications, of which type, and which rules hold.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: {type: 'string', description: 'This schema, for editors.'},
      extends: {
        anyOf: [{type: 'string'}, {type: 'array', items: {type: 'string'}, maxItems: 20}],
        description: 'Relative paths of configurations that this one is laid over.',
      },
      types: {
        type: 'object',
        description: 'Document types by name, with their files. The first that matches a file is its type.',
        additionalProperties: {$ref: '#/$defs/type'},
      },
      dialect: {
        enum: ['postgresql', 'mysql', 'sqlite', 'mssql'],
        description: 'The SQL of the documents. Without it each document shows its own.',
      },
      schema: {
        anyOf: [path, {type: 'array', items: path, maxItems: 50}],
        description:
          'What the database has: paths of SQL files, a Prisma schema, or folders of migrations, applied in order; relative to this file.',
      },
      migrations: {
        anyOf: [
          {
            type: 'object',
            additionalProperties: false,
            required: ['folder'],
            properties: {
              folder: {...path, description: 'Folder of the migrations, relative to this file.'},
              tool: {
                enum: [...migrationToolNames],
                description: 'The tool that runs them. Without it the names in the folder show it.',
              },
            },
          },
          path,
        ],
        description:
          'Folder of the migrations, or folder and tool. Migrations in SQL are what the database has, unless `schema` says it.',
      },
      rules: {$ref: '#/$defs/rules'},
      overrides: {
        type: 'array',
        items: {$ref: '#/$defs/override'},
        description: 'Rules for some files; later ones win.',
      },
      baseline: {
        ...path,
        description: 'File of known problems, relative to this file; `spec-lint baseline update` writes it.',
      },
      suppressions: {
        type: 'object',
        description: 'What is asked of comments that suppress findings.',
        additionalProperties: false,
        properties: {
          requireReason: {$ref: '#/$defs/severity', description: 'Each gives a reason. `true` is an error.'},
          requireRule: {$ref: '#/$defs/severity', description: 'Each names its rules. `true` is an error.'},
          reportUnused: {$ref: '#/$defs/severity', description: 'Each has something to suppress. `true` is a warning.'},
        },
      },
      limits: {
        type: 'object',
        description: 'How much one document may take; it is named when it takes more, and the others are linted.',
        additionalProperties: false,
        properties: {
          bytes: {
            type: 'integer',
            minimum: 1,
            maximum: 67_108_864,
            description: 'Size of the file. By default 4194304.',
          },
          seconds: {
            type: 'number',
            minimum: 0.1,
            maximum: 600,
            description:
              'To read it, and again to run its rules. By default 10, and 30 more for each million characters.',
          },
        },
      },
      ignore: {...globs, description: 'Files that are never linted: patterns of .gitignore, relative to this file.'},
    },
    $defs: {
      severity,
      rules: {
        type: 'object',
        description: 'Severity, or severity and options, of each rule.',
        additionalProperties: false,
        properties,
      },
      type: {
        type: 'object',
        additionalProperties: false,
        required: ['files'],
        properties: {
          files: globs,
          type: {
            type: 'string',
            minLength: 1,
            description: 'A built-in type, or the relative path of a type file. By default the key.',
          },
          template: {
            type: 'string',
            minLength: 1,
            description:
              'In place of a type: the relative path of the template that documents of this type are made from.',
          },
          rules: {$ref: '#/$defs/rules'},
        },
      },
      override: {
        type: 'object',
        additionalProperties: false,
        required: ['files'],
        properties: {files: globs, rules: {$ref: '#/$defs/rules'}},
      },
    },
  }
}

function ruleSchema(rule: AnyRule): Json {
  const options = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, {...option}]))
  return {
    description: rule.docs.summary,
    anyOf: [
      {$ref: '#/$defs/severity'},
      {
        type: 'array',
        prefixItems: [{$ref: '#/$defs/severity'}, {type: 'object', additionalProperties: false, properties: options}],
        minItems: 1,
        maxItems: 2,
      },
    ],
  }
}
