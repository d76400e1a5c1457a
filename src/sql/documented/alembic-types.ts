import type {SyntaxNode} from '@lezer/common'
import type {Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {type Call, type PythonCode, callOf, childrenOf, lastWord, stringIn, textOf} from './python-syntax.ts'
import {nameOf, spanOf} from './stretch.ts'

/** An enum type of the database that a script makes or drops itself. */
export type TypeDraft =
  | {readonly kind: 'create-enum'; readonly name: Name; readonly values: readonly Text[]}
  | {readonly kind: 'drop-object'; readonly what: 'type'; readonly name: Name; readonly table: undefined}

/**
 * `status.create(op.get_bind())`, where `status = postgresql.ENUM("a", "b", name="order_status")`, and
 * `sa.Enum(name="order_status").drop(op.get_bind())`; `undefined` for any other statement.
 */
export function typeDraft(node: SyntaxNode | undefined, code: PythonCode): TypeDraft | undefined {
  // A loop over several of them isn't followed, and then neither half is known.
  if (node?.name !== 'CallExpression' || /^\s*for\s/mu.test(code.whole.text)) return undefined
  const [callee] = childrenOf(node)
  const verb = callee?.name === 'MemberExpression' ? lastWord(textOf(callee, code)) : ''
  if (verb !== 'create' && verb !== 'drop') return undefined
  const receiver = callee?.firstChild ?? undefined
  const made = receiver?.name === 'VariableName' ? assigned(textOf(receiver, code), code) : receiver
  const type = enumCall(made, code)
  const name = stringIn(type?.named.get('name'), code)
  if (!type || !name) return undefined
  if (verb === 'drop') return {kind: 'drop-object', what: 'type', name: nameOf(name), table: undefined}
  const values = type.positional.flatMap((one) => stringIn(one, code) ?? [])
  // A list that is unpacked, or a class: what it holds isn't known.
  if (values.length === 0 || values.length < type.positional.length) return undefined
  return {kind: 'create-enum', name: nameOf(name), values: values.map((one) => ({...spanOf(one), text: one.text}))}
}

function enumCall(node: SyntaxNode | undefined, code: PythonCode): Call | undefined {
  const call = callOf(node, code)
  return call && /^enum$/iu.test(lastWord(call.name)) ? call : undefined
}

/** What the script gives a name of its own, outside of its functions or within them. */
function assigned(name: string, code: PythonCode): SyntaxNode | undefined {
  const bodies = childrenOf(code.top).flatMap((one) => {
    const body = one.name === 'FunctionDefinition' ? one.getChild('Body') : null
    return body ? childrenOf(body) : [one]
  })
  return bodies
    .filter((one) => one.name === 'AssignStatement')
    .map((one) => childrenOf(one))
    .find(([to]) => to !== undefined && textOf(to, code) === name)
    ?.at(-1)
}
