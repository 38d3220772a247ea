export { OF_WORKSPACE, routeTable } from './routes.ts';
export { edgeSettings } from './settings.ts';
