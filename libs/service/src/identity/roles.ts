import type { Role } from './permissions.ts';

const EVERYDAY = ['read', 'create', 'change', 'remove', 'merge', 'export', 'undo'];

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
      { can: ['read'], on: ['sales.product', 'sales.pipeline', 'workspace', 'analytics'], reach: 'all' },
      { can: ['change', 'create'], on: ['sales.product', 'sales.pipeline'], reach: 'all' },
    ],
  },
  {
    name: 'seller',
    grants: [
      { can: EVERYDAY, on: ['contacts', 'sales.opportunity'], reach: 'own' },
      { can: ['read'], on: ['sales.product', 'sales.pipeline', 'workspace.user', 'workspace.team'], reach: 'all' },
      { can: ['read'], on: ['analytics'], reach: 'own' },
    ],
  },
  { name: 'analyst', grants: [{ can: ['read', 'events.read', 'export'], on: ['*'], reach: 'all' }] },
  {
    name: 'read-only',
    grants: [{ can: ['read'], on: ['contacts', 'sales', 'analytics', 'workspace.user', 'workspace.team'], reach: 'all' }],
  },
];
