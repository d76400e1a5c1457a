import {join, relative} from 'node:path'
import type {McpServer} from '@modelcontextprotocol/server'
import {posix} from '../config/files.ts'
import {ruleUrl} from '../lint/links.ts'
import {show} from '../report/show.ts'
import {draftOf} from '../run/draft.ts'
import {ruleNamed, rulePage} from '../run/rule-page.ts'
import {configOf} from '../run/type-named.ts'
import {builtinTypes} from '../type/builtin.ts'
import {type Answering, answer} from './answers.ts'
import {checked} from './documents.ts'
import {drafted, inputs, rulePageOf, types} from './schemas.ts'

const reads = {readOnlyHint: true, openWorldHint: false}

export function addKnowledge(server: McpServer, root: string, answering: Answering): void {
  server.registerTool(
    'explain_rule',
    {
      title: 'Explain a rule',
      description: 'What a rule holds and why, with wrong and right examples, its options, and when not to use it.',
      inputSchema: inputs.explainRule,
      outputSchema: rulePageOf,
      annotations: reads,
    },
    ({rule: name}, context) =>
      answering(() => {
        const {id, category, severity, fixable = false, docs} = ruleNamed(name)
        const {summary, why, remedy} = docs
        const page = rulePage(id)
        const facts = {id, category, severity, fixable: fixable !== false, summary, why, remedy, url: ruleUrl(id)}
        return answer(page, {...facts, page})
      }, context),
  )
  server.registerTool(
    'list_types',
    {
      title: 'List the document types',
      description:
        'The types of documents that this project has, with their files; the built-in ones where it names none.',
      inputSchema: inputs.listTypes,
      outputSchema: types,
      annotations: reads,
    },
    (_nothing, context) =>
      answering(() => {
        const configured = configOf(undefined, root)?.types ?? []
        const all =
          configured.length > 0
            ? configured.map(({name, globs, type: {title, description}}) => ({name, title, description, files: globs}))
            : builtinTypes().map(({name, title, description}) => ({name, title, description, files: []}))
        const lines = all.map(({name, files, description}) =>
          show(`${name} (${files.length === 0 ? 'detected' : files.join(' ')}): ${description}`),
        )
        return answer(lines.join('\n'), {types: all})
      }, context),
  )
  server.registerTool(
    'scaffold',
    {
      title: 'Begin a document',
      description:
        'A new document of a type as text: from its template, else its required metadata and sections in order, with what each is for. Nothing is written.',
      inputSchema: inputs.scaffold,
      outputSchema: drafted,
      annotations: reads,
    },
    ({type, title: given, values}, context) =>
      answering(() => {
        const settings = Object.entries(values).map(([key, value]) => `${key}=${value}`)
        const config = configOf(undefined, root)
        const {text, title, place} = draftOf(checked(type), given, settings, {config, cwd: root})
        const path = posix(relative(root, join(place.folder, place.fileName(title))))
        return answer(text, {type, path, text})
      }, context),
  )
}
