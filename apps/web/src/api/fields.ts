// Made by `node tools/api-types.mjs` from the served OpenAPI document; changes here are lost.
import type { View } from './field-kinds.ts';

export const workspaceUserRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    email: { kind: 'text', filter: true },
    teamId: { kind: 'ref', of: 'workspace.team', filter: true },
    managerId: { kind: 'ref', of: 'workspace.user', filter: true },
    roleIds: { kind: 'refs', of: 'workspace.role', filter: true },
    language: { kind: 'text' },
    zone: { kind: 'text' },
    externalId: { kind: 'text', filter: true },
    active: { kind: 'flag', filter: true },
    createdAt: { kind: 'instant', filter: true },
    changedAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const workspaceTeamRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    parentId: { kind: 'ref', of: 'workspace.team', filter: true },
    externalId: { kind: 'text', filter: true },
    createdAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const workspaceRoleRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    grants: { kind: 'list' },
    hidden: { kind: 'tags' },
    createdAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const workspaceTenantRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    zone: { kind: 'text' },
    currency: { kind: 'text' },
    country: { kind: 'text' },
    languages: { kind: 'tags' },
    createdAt: { kind: 'instant' },
  },
} as const satisfies View;

export const workspaceApiKeyRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user' },
    scopes: { kind: 'list' },
    expiresAt: { kind: 'instant', filter: true },
    revoked: { kind: 'flag', filter: true },
    createdAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const workspaceViewRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    of: { kind: 'text', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    madeBy: { kind: 'ref', of: 'workspace.user' },
    shared: { kind: 'flag' },
    filter: { kind: 'text' },
    search: { kind: 'text' },
    sort: { kind: 'text' },
    columns: { kind: 'list' },
    createdAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const salesBatchRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    source: { kind: 'choice', options: ['import'] },
    resource: { kind: 'text', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    label: { kind: 'text' },
    status: {
      kind: 'choice',
      options: ['ready', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled', 'expired'],
      filter: true,
    },
    rows: { kind: 'number' },
    file: { kind: 'text' },
    bytes: { kind: 'number' },
    delimiter: { kind: 'text' },
    columns: { kind: 'list' },
    defaults: { kind: 'list' },
    match: { kind: 'text' },
    existing: { kind: 'choice', options: ['update', 'skip', 'create'] },
    since: { kind: 'day' },
    dates: { kind: 'choice', options: ['dmy', 'mdy'] },
    decimal: { kind: 'choice', options: ['.', ','] },
    currency: { kind: 'text' },
    country: { kind: 'text' },
    startedBy: { kind: 'ref', of: 'workspace.user' },
    startedAt: { kind: 'instant' },
    finishedAt: { kind: 'instant' },
    createdAt: { kind: 'instant', filter: true },
    pass: { kind: 'number' },
    row: { kind: 'number' },
    findings: { kind: 'number' },
    linked: { kind: 'number' },
    counts: { kind: 'bag' },
    problem: { kind: 'text' },
  },
} as const satisfies View;

export const contactsContactCard = {
  search: true,
  fields: {
    id: { kind: 'ref', of: 'contacts.contact', filter: true },
    name: { kind: 'text', filter: true },
    givenName: { kind: 'text' },
    familyName: { kind: 'text' },
    emails: { kind: 'list' },
    phones: { kind: 'list' },
    addresses: { kind: 'list' },
    jobTitle: { kind: 'text' },
    language: { kind: 'text' },
    zone: { kind: 'text' },
    accountId: { kind: 'ref', of: 'contacts.account', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    tags: { kind: 'tags', filter: true },
    source: { kind: 'text', filter: true },
    lifecycleStage: {
      kind: 'choice',
      options: ['subscriber', 'lead', 'qualified', 'opportunity', 'customer', 'evangelist', 'former', 'other'],
      filter: true,
    },
    externalId: { kind: 'text', filter: true },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant', filter: true },
    changedAt: { kind: 'instant', filter: true },
    members: { kind: 'refs', of: 'contacts.contact' },
    primaryEmail: { kind: 'text', filter: true },
  },
} as const satisfies View;

export const contactsDealRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text' },
    accountId: { kind: 'ref', of: 'contacts.account', filter: true },
    contactId: { kind: 'ref', of: 'contacts.contact', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    stageId: { kind: 'text' },
    status: { kind: 'choice', options: ['open', 'won', 'lost'] },
    open: { kind: 'flag', filter: true },
    value: { kind: 'money' },
    wonValue: { kind: 'money' },
    worth: { kind: 'money' },
    lines: { kind: 'list' },
    openedOn: { kind: 'day' },
    closedOn: { kind: 'day' },
    expectedCloseOn: { kind: 'day' },
    reason: { kind: 'text' },
    changedAt: { kind: 'instant' },
  },
} as const satisfies View;

export const contactsActivityRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    kind: { kind: 'choice', options: ['note', 'call', 'meeting', 'message', 'task'], filter: true },
    about: { kind: 'tags', filter: true },
    contactId: { kind: 'ref', of: 'contacts.contact', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    subject: { kind: 'text' },
    body: { kind: 'text' },
    dueAt: { kind: 'instant', filter: true },
    done: { kind: 'flag', filter: true },
    at: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const contactsAccountCard = {
  search: true,
  fields: {
    id: { kind: 'ref', of: 'contacts.account', filter: true },
    name: { kind: 'text', filter: true },
    website: { kind: 'text' },
    sector: { kind: 'text', filter: true },
    sectorTyped: { kind: 'text' },
    country: { kind: 'text', filter: true },
    countryTyped: { kind: 'text' },
    revenue: { kind: 'money' },
    employees: { kind: 'number', filter: true },
    foundedIn: { kind: 'number' },
    emails: { kind: 'list' },
    phones: { kind: 'list' },
    addresses: { kind: 'list' },
    parentId: { kind: 'ref', of: 'contacts.account', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    tags: { kind: 'tags', filter: true },
    source: { kind: 'text' },
    externalId: { kind: 'text', filter: true },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant', filter: true },
    changedAt: { kind: 'instant', filter: true },
    members: { kind: 'refs', of: 'contacts.account' },
  },
} as const satisfies View;

export const contactsContactRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text' },
    givenName: { kind: 'text' },
    familyName: { kind: 'text' },
    emails: { kind: 'list' },
    phones: { kind: 'list' },
    addresses: { kind: 'list' },
    jobTitle: { kind: 'text' },
    language: { kind: 'text' },
    zone: { kind: 'text' },
    accountId: { kind: 'ref', of: 'contacts.account', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user' },
    tags: { kind: 'tags' },
    source: { kind: 'text' },
    lifecycleStage: {
      kind: 'choice',
      options: ['subscriber', 'lead', 'qualified', 'opportunity', 'customer', 'evangelist', 'former', 'other'],
    },
    externalId: { kind: 'text', filter: true },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant' },
    changedAt: { kind: 'instant' },
    members: { kind: 'refs', of: 'contacts.contact' },
    mergedInto: { kind: 'ref', of: 'contacts.contact' },
    chosen: { kind: 'list' },
  },
} as const satisfies View;

export const contactsAccountRow = {
  search: false,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    website: { kind: 'text' },
    sector: { kind: 'text' },
    sectorTyped: { kind: 'text' },
    country: { kind: 'text' },
    countryTyped: { kind: 'text' },
    revenue: { kind: 'money' },
    employees: { kind: 'number' },
    foundedIn: { kind: 'number' },
    emails: { kind: 'list' },
    phones: { kind: 'list' },
    addresses: { kind: 'list' },
    parentId: { kind: 'ref', of: 'contacts.account', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user' },
    tags: { kind: 'tags' },
    source: { kind: 'text' },
    externalId: { kind: 'text', filter: true },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant' },
    changedAt: { kind: 'instant' },
    members: { kind: 'refs', of: 'contacts.account' },
    mergedInto: { kind: 'ref', of: 'contacts.account' },
    chosen: { kind: 'list' },
  },
} as const satisfies View;

export const salesOpportunityRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    accountId: { kind: 'ref', of: 'contacts.account', filter: true },
    contactId: { kind: 'ref', of: 'contacts.contact', filter: true },
    ownerId: { kind: 'ref', of: 'workspace.user', filter: true },
    pipelineId: { kind: 'ref', of: 'sales.pipeline', filter: true },
    stageId: { kind: 'text', filter: true },
    stageSince: { kind: 'instant' },
    status: { kind: 'choice', options: ['open', 'won', 'lost'], filter: true },
    open: { kind: 'flag', filter: true },
    value: { kind: 'money' },
    wonValue: { kind: 'money' },
    worth: { kind: 'money' },
    worthMinor: { kind: 'text' },
    currency: { kind: 'text', filter: true },
    lines: { kind: 'list' },
    openedOn: { kind: 'day', filter: true },
    expectedCloseOn: { kind: 'day', filter: true },
    closedOn: { kind: 'day', filter: true },
    reason: { kind: 'text' },
    source: { kind: 'text' },
    externalId: { kind: 'text', filter: true },
    note: { kind: 'text' },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant', filter: true },
    changedAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;

export const salesPipelineRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    stages: { kind: 'list' },
    isDefault: { kind: 'flag', filter: true },
  },
} as const satisfies View;

export const salesProductRow = {
  search: true,
  fields: {
    id: { kind: 'text', filter: true },
    code: { kind: 'text', filter: true },
    name: { kind: 'text', filter: true },
    series: { kind: 'text', filter: true },
    prices: { kind: 'sums' },
    active: { kind: 'flag', filter: true },
    externalId: { kind: 'text', filter: true },
    custom: { kind: 'bag' },
    createdAt: { kind: 'instant', filter: true },
  },
} as const satisfies View;
