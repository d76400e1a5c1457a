export {
  migrationFolders,
  type MigrationTool,
  type MigrationToolName,
  migrationToolNames,
  migrationTools,
} from '../sql/migrations/tools.ts'
