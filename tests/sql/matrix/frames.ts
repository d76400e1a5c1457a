import {upSql} from './sql.ts'
import type {Dialect, Op} from './stories.ts'

/** Documents of the five types around the parts that tell of a migration. */
interface Parts {
  /** The schema's telling of the operations that a section is about. */
  readonly schema: (kinds?: RegExp) => string
  readonly ops: readonly Op[]
  readonly dialect: Dialect
  readonly migration: string
  /** Empty where the migration holds it. */
  readonly back: string
  readonly database: string
}

export type Frame = (parts: Parts) => string

const under = (title: string, back: string): string => (back === '' ? '' : `${title}\n\n${back}\n`)

export const frames: Readonly<Record<string, Frame>> = {
  prd: ({schema, migration, back, database}) => `---
prd_version: "1.0"
status: "Draft"
last_updated: "2026-09-01"
owner: "@mo"
---

# 7 – Feature

## 1. Purpose

Why we do it, on ${database}.

## 3. Technical Implementation

### 3.2 Database Schema

${schema()}

### 3.3 Database Migration

${migration}

${under('**Rollback:**', back)}
## 4. Configuration

None.
`,
  'data-migration': ({schema, migration, back, database}) => `# Specification: DM-7 Feature

**Template Type**: Data / Migration Feature
**Complexity Level**: 2
**Status**: draft
**Database**: ${database}

## 1. Context & Goals

Why we do it.

## 2. Schema Changes

### New Tables

${schema(/^(?:enum|table)$/u)}

### Modified Tables

${schema(/^(?:column|type|rename|drop)$/u)}

### Indexes

${schema(/^index$/u)}

### Foreign Keys & Constraints

${schema(/^(?:unique|check|foreign)$/u)}

## 3. Data Migration

### Migration Strategy

- **Approach**: Offline

### Migration Steps

${migration}

${under('### Rollback', back)}
## 5. Acceptance Criteria

- [ ] It runs
`,
  'data-model-design': ({schema, migration, back, database}) => `# Data Model Design: Feature

## Overview

**Feature**: Feature on ${database}
**Status**: Draft

## Proposed Data Model

### New Entities

See the tables.

### Modified Entities

See the tables.

## Database Schema

### Tables

${schema(/^(?!index$)/u)}

### Indexes

${schema(/^index$/u)}

## Migration Strategy

### Database Migration

${migration}

${under('### Rollback Plan', back)}
## Performance Considerations

None.
`,
  'database-schema': ({ops, dialect, migration, back, database}) => `---
title: Feature - Database Schema
status: draft
version: 1.0.0
last-updated: 2026-09-01
owner: Team
---

# Feature - Database Schema

## Database Overview

**Database:** ${database}

## Tables

${ops.flatMap((op) => (op.kind === 'table' ? [catalogued(op, ops)] : [])).join('\n\n')}

## Relationships

As the foreign keys say.

## Enums

${ops.flatMap((op) => (op.kind === 'enum' ? [`### ${op.name} Enum\n\n${op.values.map((one) => `- \`${one}\``).join('\n')}`] : [])).join('\n\n') || 'None.'}

## Constraints and Validation

\`\`\`sql
${ops.flatMap((op) => (op.kind === 'unique' || op.kind === 'check' ? [upSql(op, dialect)] : [])).join('\n')}
\`\`\`

## Migrations

### Initial Schema

${migration}

${under('### Rollback', back)}
## References

- None
`,
  'prd-iosm': ({schema, migration, back, database}) => `# PRD: Feature

**Version:** 1.0
**Date:** 2026-09-01
**Status:** Draft

## 6. UX / API / Data

### Data Model

Stored in ${database}.

**Entities:**

${schema()}

**Migrations:**

${migration}

## 9. Rollout / Migration Plan

${under('### Rollback Plan', back)}
`,
}

/** A table as a catalogue of a whole schema shows it. */
function catalogued({name, columns}: Extract<Op, {kind: 'table'}>, ops: readonly Op[]): string {
  const rows = columns.map(({name: column, type, nullable, default: value, primary}) => {
    const marks = primary ? 'PRIMARY KEY' : nullable ? '-' : 'NOT NULL'
    return `| ${column} | ${type} | ${marks} | ${value ?? '-'} | What it is |`
  })
  const indexes = ops.flatMap((op) =>
    op.kind === 'index' && op.table === name
      ? [`- \`CREATE INDEX ${op.name} ON ${op.table}(${op.columns.join(', ')})\``]
      : [],
  )
  const keys = [
    ...columns.flatMap(({name: column, to, target, act}) => (to ? [{column, to, target, act}] : [])),
    ...ops.flatMap((op) => (op.kind === 'foreign' && op.table === name ? [{...op, target: 'id'}] : [])),
  ].map(({column, to, target, act}) => `- \`${column}\` → \`${to}(${target ?? 'id'})\` ON DELETE ${act}`)
  return `### ${name} Table

**Purpose:** Rows.

| Column | Type | Constraints | Default | Description |
|--------|------|-------------|---------|-------------|
${rows.join('\n')}

**Indexes:**
- \`PRIMARY KEY (id)\`
${indexes.join('\n')}

**Foreign Keys:**
${keys.join('\n') || '- None'}`
}
