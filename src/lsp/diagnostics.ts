import {pathToFileURL} from 'node:url'
import {type Diagnostic, DiagnosticSeverity} from 'vscode-languageserver'
import type {SpecLintError} from '../config/error.ts'
import type {Source} from '../document/types.ts'
import type {Finding} from '../lint/types.ts'
import {rangeOf} from './ranges.ts'

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const

export function diagnosticOf(finding: Finding, source: Source, uri: string): Diagnostic {
  const {severity, ruleId, url, reason, note, related} = finding
  return {
    range: rangeOf(finding, source),
    severity: severities[severity],
    code: ruleId,
    codeDescription: {href: url},
    source: 'spec-lint',
    message: `${reason}\n${note}`,
    ...(related.length > 0 && {
      relatedInformation: related.map((place) => ({
        location: {uri, range: rangeOf(place, source)},
        message: place.message,
      })),
    }),
  }
}

/** A configuration that can't be read, at the start of a document that it is for. */
export function refusal({code, message, help, file, line = 1, column = 1}: SpecLintError): Diagnostic {
  const start = {line: line - 1, character: column - 1}
  return {
    range: {start: {line: 0, character: 0}, end: {line: 0, character: 0}},
    severity: DiagnosticSeverity.Error,
    code,
    source: 'spec-lint',
    message: `${message}\n${help}`,
    ...(file !== undefined && {
      relatedInformation: [
        {location: {uri: pathToFileURL(file).href, range: {start, end: start}}, message: 'the configuration'},
      ],
    }),
  }
}
