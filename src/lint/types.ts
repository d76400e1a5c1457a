import type {Span} from '../document/types.ts'
import type {RuleConfigs} from '../config/types.ts'
import type {RemarkLintRule} from './remark-lint.ts'
import type {AnyRule, Fix, Project, Severity, SpecType} from '../rule/types.ts'

/** What a rule found in one document. `start` and `end` are UTF-16 offsets of the original text. */
export interface Finding extends Span {
  readonly ruleId: string
  readonly severity: Severity
  /** What is wrong: one line, no full stop. */
  readonly reason: string
  /** What to write instead: sentences. */
  readonly note: string
  readonly url: string
  /** Source text of the range. */
  readonly actual: string
  /** Exact replacements of the range, nearest first. */
  readonly expected: readonly string[]
  readonly fix: Fix | undefined
  readonly related: readonly (Span & {readonly message: string})[]
}

/** A finding that a comment of the document suppresses. */
export interface SuppressedFinding extends Finding {
  readonly suppression: {readonly kind: 'inSource'; readonly justification: string} & Span
}

export interface LintSettings {
  readonly rules: readonly AnyRule[]
  /** By rule name, `remark-lint/<rule>` included. */
  readonly config: RuleConfigs
  /** Types to choose from when none is given. */
  readonly types: readonly SpecType[]
  readonly project: Project
  /** Rules of remark-lint that are switched on, loaded. */
  readonly remarkLint?: readonly RemarkLintRule[]
  /** Whether comments of the document suppress findings; without a word, they do. */
  readonly inlineConfig?: boolean
  /** Is told the time of each rule; that of remark-lint's rules together. */
  readonly measure?: Measure | undefined
  /** Is told of each rule before it begins; of remark-lint's together. */
  readonly begin?: ((rule: string) => void) | undefined
}

/** Takes the milliseconds that a rule took on one document. */
export type Measure = (rule: string, milliseconds: number) => void

/** A document through the pipeline. Without a type nothing was checked. */
export type LintResult =
  | {
      readonly kind: 'linted'
      readonly type: string
      readonly findings: readonly Finding[]
      readonly suppressed: readonly SuppressedFinding[]
    }
  | {readonly kind: 'no-type'}
