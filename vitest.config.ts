import {defineConfig} from 'vitest/config'

export default defineConfig({
  resolve: {tsconfigPaths: true},
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/cli.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    coverage: {include: ['src/**/*.ts', 'rules/*.ts'], reporter: ['text-summary']},
  },
})
