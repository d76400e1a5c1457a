import {defineChangeRule, isSaid} from 'spec-lint/rule'

export default defineChangeRule({
  id: 'schema-drift',
  category: 'phases',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A change of the database is one that a specification speaks of.',
    why: 'A table that was altered in the code alone makes every document wrong that describes it, and no reader can tell.',
    remedy:
      'Change the document that describes the table in the same change, or name the migration in the document that asks for it.',
    exceptions:
      'Files whose comments, white space, name or way of going about it alone changed, rows that are written, and files that were deleted. One finding stands for a whole change, at the first file that no document speaks of. A document of the change speaks of a table that it names, and of a migration whose words stand in one of its lines, or whose number begins a row; another one speaks of a migration that it names, of a table that the change makes or drops, and of a part of a table, such as a column, that it names with the table. The files are those of `schema` and `migrations` in the configuration. Without these they are those that are known by their places, such as `prisma/schema.prisma` and `db/migrate`, and only in projects with documents that describe a schema. Without `--changed` or `--staged` nothing is said.',
  },
  options: {},
  messages: {
    migration: {
      reason: 'Migration `{name}` changes {what}, and no specification says so',
      note: 'Describe the change in a specification, and name `{name}` there.',
    },
    schema: {
      reason: 'The schema of {what} changes here, and no specification says so',
      note: 'Describe the change in the specification that {what} belongs to.',
    },
  },
  check({change, report}) {
    const {schema, documents} = change
    const migrations = schema.filter(({migration, added}) => migration !== undefined && added)
    // What a new migration does, the files that say what there is repeat.
    const first = (migrations.length > 0 ? migrations : schema).find((edit) => !isSaid(edit, documents))
    if (!first) return
    const what = `\`${first.objects[0]?.names[0] ?? ''}\``
    if (first.migration === undefined) report.schema(first, {what})
    else report.migration(first, {name: first.migration, what})
  },
})
