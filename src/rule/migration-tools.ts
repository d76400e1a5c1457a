export {
  migrationFolders,
  type MigrationTool,
  migrationTool,
  type MigrationToolName,
  migrationToolNames,
  migrationTools,
} from '../sql/migrations/tools.ts'
