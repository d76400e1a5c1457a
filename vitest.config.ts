import {defineConfig} from 'vitest/config'

export default defineConfig({
  resolve: {tsconfigPaths: true},
  test: {
    // The tests over foreign documents are run by hand, and alone.
    include: process.env['SPEC_LINT_CORPUS'] ? ['tests/corpus/*.ts'] : ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/parsers.ts'],
    globalSetup: ['tests/support/cli.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    // Each file is a module of its own; what they import is loaded once a process.
    isolate: false,
    coverage: {include: ['src/**/*.ts', 'rules/*.ts'], reporter: ['text-summary']},
  },
})
