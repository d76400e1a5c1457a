// As much of the editor's API as a language client asks for while it starts, sends documents and takes diagnostics.
const {pathToFileURL, fileURLToPath} = require('node:url')

const gone = {dispose() {}}
function event() {
  const listeners = new Set()
  const on = (listener, self) => {
    const bound = self ? listener.bind(self) : listener
    listeners.add(bound)
    return {dispose: () => listeners.delete(bound)}
  }
  return {on, fire: (value) => Promise.all([...listeners].map((listener) => listener(value)))}
}

class Uri {
  constructor(text) {
    this.text = text
    this.scheme = text.slice(0, text.indexOf(':'))
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : text
    this.path = this.fsPath
  }
  static parse(text) {
    return new Uri(text)
  }
  static file(path) {
    return new Uri(pathToFileURL(path).href)
  }
  toString() {
    return this.text
  }
}
class Position {
  constructor(line, character) {
    Object.assign(this, {line, character})
  }
}
class Range {
  constructor(a, b, c, d) {
    const isNumbers = typeof a === 'number'
    this.start = isNumbers ? new Position(a, b) : a
    this.end = isNumbers ? new Position(c, d) : b
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, {range, message, severity})
  }
}
class Kind {
  append() {
    return this
  }
}
const CodeActionKind = new Proxy({}, {get: () => new Kind()})
class EventEmitter {
  constructor() {
    const {on, fire} = event()
    Object.assign(this, {event: on, fire, dispose() {}})
  }
}
class CancellationTokenSource {
  constructor() {
    this.token = {isCancellationRequested: false, onCancellationRequested: () => gone}
  }
  cancel() {}
  dispose() {}
}

/** The editor, and what a test does with it: settings, folders, trust, documents; and what was shown. */
function createStub({folders, isTrusted, settings}) {
  const events = {open: event(), visible: event(), configuration: event(), trust: event()}
  const shown = new Map()
  const log = []
  const registered = new Map()
  const visibleTextEditors = []
  const noEvent = () => gone
  const configuration = {
    get: (key, byDefault) => settings[key] ?? byDefault,
    has: (key) => key in settings,
    inspect: () => undefined,
  }
  const workspace = {
    isTrusted,
    textDocuments: [],
    notebookDocuments: [],
    workspaceFolders: folders.map((path, index) => ({uri: Uri.file(path), name: 'folder', index})),
    getConfiguration: () => configuration,
    getWorkspaceFolder: () => workspace.workspaceFolders[0],
    onDidOpenTextDocument: events.open.on,
    onDidChangeConfiguration: events.configuration.on,
    onDidGrantWorkspaceTrust: events.trust.on,
    createFileSystemWatcher: () => ({onDidCreate: noEvent, onDidChange: noEvent, onDidDelete: noEvent, dispose() {}}),
    textDocumentContentProvider: undefined,
  }
  const write = (line) => log.push(line)
  const channel = {
    name: 'spec-lint',
    logLevel: 3,
    append: write,
    appendLine: write,
    info: write,
    warn: write,
    error: write,
    debug: write,
    trace: write,
    show() {},
    clear() {},
    dispose() {},
    onDidChangeLogLevel: noEvent,
  }
  const parts = {
    Uri,
    Position,
    Range,
    Diagnostic,
    CodeActionKind,
    EventEmitter,
    CancellationTokenSource,
    version: '1.91.0',
    env: {appName: 'stub', language: 'en'},
    Disposable: class {
      constructor(dispose) {
        this.dispose = dispose
      }
      static from(...all) {
        return {dispose: () => all.forEach((one) => one.dispose())}
      }
    },
    workspace: withEvents(workspace),
    window: withEvents({
      createOutputChannel: () => channel,
      showErrorMessage: async (words) => void write(words),
      visibleTextEditors,
      onDidChangeVisibleTextEditors: events.visible.on,
      tabGroups: withEvents({all: []}),
    }),
    commands: {
      registerCommand: (name, act) => {
        registered.set(name, act)
        return gone
      },
      executeCommand: (name, ...rest) => registered.get(name)?.(...rest),
    },
    languages: withEvents({
      match: (selector, document) =>
        [selector].flat().some((one) => one.language === document.languageId && one.scheme === document.uri.scheme)
          ? 10
          : 0,
      createDiagnosticCollection: () => ({
        set: (uri, all) => shown.set(String(uri), all ?? []),
        delete: (uri) => shown.delete(String(uri)),
        clear: () => shown.clear(),
        dispose() {},
      }),
    }),
  }
  const open = async (path, text, languageId = 'markdown') => {
    const document = {uri: Uri.file(path), fileName: path, languageId, version: 1, getText: () => text, isClosed: false}
    visibleTextEditors.push({document})
    await events.visible.fire(visibleTextEditors)
    workspace.textDocuments.push(document)
    await events.open.fire(document)
    return String(document.uri)
  }
  return {api: anything(parts), shown, log, registered, workspace, events, open}
}

/** An object that has an event, a registration or a function for each other name that it is asked for. */
function withEvents(known) {
  return new Proxy(known, {
    get: (target, name) =>
      name in target
        ? target[name]
        : typeof name === 'string' && /^(?:on|register|create)/.test(name)
          ? () => gone
          : undefined,
  })
}

/** The classes and enumerations that a client extends or looks into, and doesn't need here. */
function anything(parts) {
  const made = {}
  return new Proxy(parts, {
    get: (target, name) => {
      if (name in target || typeof name !== 'string') return target[name]
      made[name] ??= class {}
      return made[name]
    },
  })
}

module.exports = {createStub}
