export * from './contents.ts';
export * from './parts.ts';
export * from './tokens.ts';
export * from './serve.ts';
export * from './run.ts';
export * from './begin.ts';
export * from './chores.ts';
export * from './system.ts';
export type { Beside, Opened } from './separate/service.ts';
export { answerServices, SERVICES_OPEN } from './separate/identity.ts';
export type { Following } from './following.ts';
export * from './list-query.ts';
export * from './history-query.ts';
export * from './moment-query.ts';
export * from './erasures.ts';
export * from './user-names.ts';
export * from './controllers/bulk.ts';
export { ChangesController } from './controllers/changes.ts';
export * from './controllers/cloud-event.ts';
export * from './controllers/event-stream.ts';
export * from './controllers/export.ts';
export * from './controllers/lifecycle.ts';
export * from './controllers/operations.ts';
export * from './documents/asyncapi.ts';
export { MOMENT_PARAMETERS, parameter, type Parameter } from './documents/parameters.ts';
export { routesOf } from './documents/routes.ts';
export { addDocuments, openApiOf } from './documents/serve-documents.ts';
export * from './pages.ts';
export * from './http/problems.ts';
export * from './http/request-context.ts';
export { PUBLIC, sendProblem, type Log, type SeenRoute } from './http/server.ts';
export { noteHistory, commandsFor, viewsFor } from './http/answers.ts';
export { parseJson, textProblem } from './http/json-body.ts';
export * from './identity/access-rows.ts';
export * from './identity/access-view.ts';
export * from './identity/authenticate.ts';
export * from './identity/cache.ts';
export * from './identity/permissions.ts';
export * from './identity/roles.ts';
export * from './operations/configuration.ts';
export * from './operations/give-back.ts';
export * from './operations/must-be-whole.ts';
export { modelsOf } from './separate/engines.ts';
export * from './operations/kafka-settings.ts';
export { SEPARATE, type SeparateSettings } from './separate/settings.ts';
export * from './operations/log.ts';
export * from './operations/metrics.ts';
export * from './operations/operations-of.ts';
export * from './operations/traces.ts';
// What controllers use of the runtime: they import this lib alone.
export {
  Commands,
  context,
  HistoryItem,
  inContext,
  invalid,
  Journal,
  kindOfView,
  Outline,
  momentOf,
  notFound,
  Problem,
  unavailable,
  validateForm,
  Views,
} from '#runtime';
export type {
  Accepted,
  FieldProblem,
  HistoryPage,
  Listed,
  ListRequest,
  Moment,
  Permissions,
  Position,
  Reach,
  RequestContext,
  Runtime,
} from '#runtime';
export type { SpanStore } from '#engines/figures';
export type { SpanSpec } from '#runtime';
