export * from './issuer/front-desk.ts';
export { API_AUDIENCE } from './issuer/issuer.ts';
export * from './issuer/sign-in.ts';
export { WORKSPACE_ROWS, WorkspaceModule } from './workspace.module.ts';
