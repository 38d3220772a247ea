import type { Grant, Role } from './permissions.ts';

const EVERYDAY = ['read', 'create', 'change', 'remove', 'merge', 'export', 'undo'];
/** Everybody may say how they are called, and in which language and zone they work. */
const PROFILE: Grant = { can: ['profile'], on: ['workspace.user'], reach: 'own' };
/** Whoever writes keeps lists as they like to look at them; everybody sees those that others share. */
const VIEWS: Grant = { can: ['read', 'create', 'change', 'remove', 'undo'], on: ['workspace.view'], reach: 'own' };
/** The people one works with, and what one works by. */
const COLLEAGUES = ['workspace.user', 'workspace.team', 'workspace.role', 'workspace.tenant'];

/**
 * The roles a tenant starts with; it may change them and add its own. Products, pipelines and the people one works with are everybody's to
 * read: without them no record can be understood.
 */
export const DEFAULT_ROLES: readonly Role[] = [
  { name: 'administrator', grants: [{ can: ['*'], on: ['*'], reach: 'all' }] },
  {
    name: 'manager',
    grants: [
      { can: [...EVERYDAY, 'import'], on: ['contacts', 'sales'], reach: 'team' },
      { can: ['read'], on: ['sales.product', 'sales.pipeline', ...COLLEAGUES, 'analytics'], reach: 'all' },
      { can: ['change', 'create'], on: ['sales.product', 'sales.pipeline'], reach: 'all' },
      PROFILE,
      VIEWS,
    ],
  },
  {
    name: 'seller',
    grants: [
      { can: EVERYDAY, on: ['contacts', 'sales.opportunity'], reach: 'own' },
      { can: ['read'], on: ['sales.product', 'sales.pipeline', 'workspace.user', 'workspace.team', 'workspace.tenant'], reach: 'all' },
      { can: ['read'], on: ['analytics'], reach: 'own' },
      PROFILE,
      VIEWS,
    ],
  },
  { name: 'analyst', grants: [{ can: ['read', 'events.read', 'export'], on: ['*'], reach: 'all' }, PROFILE] },
  {
    name: 'read-only',
    grants: [
      { can: ['read'], on: ['contacts', 'sales', 'analytics', 'workspace.user', 'workspace.team', 'workspace.tenant'], reach: 'all' },
      PROFILE,
      { ...VIEWS, can: ['read'] },
    ],
  },
];
