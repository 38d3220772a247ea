import * as fields from './fields.ts';
import type { View } from './field-kinds.ts';
import type { Paths, Schemas } from './schema.ts';

/**
 * The kinds of records there are lists of: where they are asked for, and what their lists hold. A new kind is a line here.
 */
const KINDS = {
  'contacts.contact': { resource: 'contacts', view: fields.contactsContactCard },
  'contacts.account': { resource: 'accounts', view: fields.contactsAccountCard },
  'contacts.activity': { resource: 'activities', view: fields.contactsActivityRow },
  'sales.opportunity': { resource: 'opportunities', view: fields.salesOpportunityRow },
  'sales.pipeline': { resource: 'pipelines', view: fields.salesPipelineRow },
  'sales.product': { resource: 'products', view: fields.salesProductRow },
  'workspace.user': { resource: 'users', view: fields.workspaceUserRow },
  'workspace.team': { resource: 'teams', view: fields.workspaceTeamRow },
  'workspace.view': { resource: 'views', view: fields.workspaceViewRow },
  'workspace.role': { resource: 'roles', view: fields.workspaceRoleRow },
} as const satisfies Record<string, { resource: string; view: View }>;

export type Kind = keyof typeof KINDS;
export type Resource = (typeof KINDS)[Kind]['resource'];

type ListOf<R extends Resource> = `/${R}` extends keyof Paths
  ? Paths[`/${R}`] extends { get: { answer: (infer Doc)[] } }
    ? Doc
    : never
  : never;
/** A record of a kind as its list shows it. */
export type Doc<K extends Kind> = ListOf<(typeof KINDS)[K]['resource']>;
export type Contact = Schemas['view.contacts.contact-card'];
export type Account = Schemas['view.contacts.account-card'];
export type User = Schemas['view.workspace.user-row'];

export const isKind = (kind: string): kind is Kind => kind in KINDS;
export const resourceOf = (kind: Kind): Resource => KINDS[kind].resource;
export const viewOf = (kind: Kind): View => KINDS[kind].view;
/** The service a kind belongs to: whose log it is in, and who undoes it. */
export const serviceOf = (kind: string): string => kind.slice(0, kind.indexOf('.'));
