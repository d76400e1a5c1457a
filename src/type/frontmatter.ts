import type {JsonSchema, SpecType} from './types.ts'

/** The metadata of a type as a schema of its own, for YAML language servers. `base` is the URL of its folder. */
export function frontMatterSchema(type: SpecType, base: string): JsonSchema {
  const {title: _title, description: _description, ...rest} = type.metadata?.schema ?? {type: 'object'}
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${base}/${type.name}.front-matter.schema.json`,
    title: `Metadata of a document of the type ${type.name}`,
    description: type.description,
    ...rest,
  }
}
