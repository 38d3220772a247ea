// Made by `node tools/api-types.mjs` from the served OpenAPI document; changes here are lost.

/** The body of a change: what is absent is kept, null clears. */
type Changes<T> = { [K in keyof T]?: T[K] | null };

/** What is sent and answered, by name. */
export interface Schemas {
  Problem: {
    type: string;
    title: string;
    status: number;
    code: string;
    detail: string;
    requestId?: string;
    fields?: { field: string; problem: string; hint?: string }[];
  };
  Accepted: { id: string; revision: number; [name: string]: unknown };
  'view.workspace.user-row': {
    id: string;
    name: string;
    email?: string;
    teamId?: string;
    managerId?: string;
    roleIds: string[];
    language?: string;
    zone?: string;
    externalId?: string;
    active: boolean;
    signIn: 'none' | 'invited' | 'ready';
    invitedUntil?: string;
    createdAt: string;
    changedAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.CreateUser': {
    name: string;
    email?: string;
    teamId?: string;
    managerId?: string;
    roleIds?: string[];
    language?: string;
    zone?: string;
    externalId?: string;
    active?: boolean;
  };
  'workspace.ChangeUser': {
    name?: string;
    email?: string;
    teamId?: string;
    managerId?: string;
    language?: string;
    zone?: string;
    externalId?: string;
  };
  'workspace.AssignRoles': { roleIds: string[] };
  'workspace.NewInvitation': Record<string, never>;
  Invitation: { id: string; token: string; until: string };
  'workspace.WithdrawInvitation': Record<string, never>;
  'workspace.DeactivateUser': Record<string, never>;
  'workspace.ReactivateUser': Record<string, never>;
  'workspace.EraseForm': { confirm?: string[] };
  Erasure: { id: string; people: string[]; erasedAt: string; certificate: string };
  ErasureCertificate: {
    record: string;
    erasedAt: string;
    complete: boolean;
    method: string;
    remains: string;
    keyBackups: { expireOn: string; restored: string };
    sweeps: {
      service: string;
      person: string;
      pass: 'first' | 'second';
      streams: number;
      rows: number;
      stores: { store: string; how: string }[];
      at: string;
    }[];
    sha256: string;
  };
  Me: {
    id: string;
    tenant: string;
    user?: Schemas['view.workspace.user-row'];
    abilities: { kind: string; may: string[]; all: string[]; hidden: string[] }[];
  };
  'workspace.ChangeProfile': { name?: string; language?: string; zone?: string };
  'view.workspace.team-row': {
    id: string;
    name: string;
    parentId?: string;
    externalId?: string;
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.CreateTeam': { name: string; parentId?: string; externalId?: string };
  'workspace.ChangeTeam': { name?: string; parentId?: string; externalId?: string };
  'view.workspace.role-row': {
    id: string;
    name: string;
    grants: { can: string[]; on: string[]; reach: 'own' | 'team' | 'all' }[];
    hidden?: string[];
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.CreateRole': { name: string; grants: Schemas['workspace.GrantForm'][]; hidden?: string[] };
  'workspace.GrantForm': { can: string[]; on: string[]; reach: 'own' | 'team' | 'all' };
  'workspace.ChangeRole': { name?: string; grants?: Schemas['workspace.GrantForm'][]; hidden?: string[] };
  'view.workspace.tenant-row': {
    id: string;
    name: string;
    zone: string;
    currency: string;
    country: string;
    languages: string[];
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.ChangeTenant': { name?: string; zone?: string; currency?: string; country?: string; languages?: string[] };
  'view.workspace.api-key-row': {
    id: string;
    name: string;
    ownerId: string;
    scopes: { can: string[]; on: string[]; reach: 'own' | 'team' | 'all' }[];
    expiresAt?: string;
    revoked: boolean;
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.NewApiKey': { name: string; scopes: Schemas['workspace.GrantForm'][]; expiresAt?: string };
  'workspace.RevokeApiKey': Record<string, never>;
  'view.workspace.view-row': {
    id: string;
    name: string;
    of: string;
    ownerId?: string;
    madeBy: string;
    shared: boolean;
    filter?: string;
    search?: string;
    sort?: string;
    columns: { field: string; width?: number }[];
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'workspace.CreateView': {
    name: string;
    of: string;
    filter?: string;
    search?: string;
    sort?: string;
    columns?: Schemas['workspace.ViewColumnForm'][];
    shared?: boolean;
  };
  'workspace.ViewColumnForm': { field: string; width?: number };
  'workspace.ChangeView': {
    name?: string;
    filter?: string;
    search?: string;
    sort?: string;
    columns?: Schemas['workspace.ViewColumnForm'][];
    shared?: boolean;
  };
  'service.BulkItem': { id?: string; command: string; data?: Record<string, never>; ifMatch?: number; occurredAt?: string };
  BulkResult: { status: number; id?: string; revision?: number; created?: boolean; problem?: Schemas['Problem'] };
  'workspace.RemoveRecord': Record<string, never>;
  'workspace.RestoreRecord': Record<string, never>;
  HistoryItem: {
    id: string;
    type: string;
    record: string;
    revision: number;
    at: string;
    recordedAt: string;
    actor: string;
    correlation: string;
    causation: string;
    data: Record<string, unknown>;
    erased?: boolean;
  };
  'view.workspace.batch-row': {
    id: string;
    source: 'import';
    resource: string;
    ownerId: string;
    label?: string;
    status: 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
    rows: number;
    file: string;
    bytes: number;
    delimiter: string;
    columns: { heading: string; field?: string; times?: number }[];
    defaults: { field: string; value: string }[];
    match?: string;
    existing: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal: '.' | ',';
    currency?: string;
    country?: string;
    startedBy?: string;
    startedAt?: string;
    finishedAt?: string;
    createdAt: string;
    pass: number;
    row: number;
    findings: number;
    linked?: number;
    counts: { created: number; updated: number; unchanged: number; skipped: number; rejected: number; noted: number };
    problem?: string;
    undone?: { correlation: string; done: number; left: number; by: string; at: string };
    removed?: boolean;
    erased?: boolean;
  };
  ImportField: { field: string; label: string; required: boolean; key: boolean; refers?: string };
  Finding: { row: number; column?: string; field?: string; severity: 'rejected' | 'note'; problem: string; hint?: string };
  ImportPage: {
    id: string;
    source: 'import';
    resource: string;
    ownerId: string;
    label?: string;
    status: 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
    rows: number;
    file: string;
    bytes: number;
    delimiter: string;
    columns: { heading: string; field?: string; times?: number }[];
    defaults: { field: string; value: string }[];
    match?: string;
    existing: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal: '.' | ',';
    currency?: string;
    country?: string;
    startedBy?: string;
    startedAt?: string;
    finishedAt?: string;
    createdAt: string;
    pass: number;
    row: number;
    findings: number;
    linked?: number;
    counts: { created: number; updated: number; unchanged: number; skipped: number; rejected: number; noted: number };
    problem?: string;
    undone?: { correlation: string; done: number; left: number; by: string; at: string };
    fields: Schemas['ImportField'][];
    sample: string[][];
    firstFindings: Schemas['Finding'][];
  };
  'workspace.ChangeImport': {
    columns?: Schemas['workspace.ColumnForm'][];
    defaults?: Schemas['workspace.DefaultForm'][];
    match?: string;
    existing?: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal?: '.' | ',';
    currency?: string;
    country?: string;
  };
  'workspace.ColumnForm': { heading: string; field?: string; times?: 1 | 1000 | 1000000 };
  'workspace.DefaultForm': { field: string; value: string };
  'workspace.BeginImport': Record<string, never>;
  'workspace.CancelBatch': Record<string, never>;
  'workspace.UndoImport': { dryRun?: boolean };
  Left: { record: string; event: string; reason: string };
  Undone: { done: number; skipped: number; conflicts: Schemas['Left'][]; cannot: Schemas['Left'][]; correlation: string };
  CloudEvent: {
    specversion: '1.0';
    id: string;
    source: string;
    type: string;
    subject: string;
    time: string;
    datacontenttype: string;
    dataschema: string;
    tenant: string;
    revision: number;
    position: number;
    occurredat: string;
    actor: string;
    commandid: string;
    bodyhash: string;
    correlationid: string;
    causationid: string;
    traceparent?: string;
    hash: string;
    data: Record<string, unknown>;
    about: string;
  };
  ProjectionStatus: {
    view: string;
    storage: string;
    group: string;
    state: 'live' | 'catching-up' | 'rebuilding';
    lag: number;
    parkedStreams: number;
  };
  Rebuilding: { view: string; state: 'rebuilding' };
  ParkedEvent: {
    view: string;
    tenant: string;
    stream: string;
    revision: number;
    eventId: string;
    type: string;
    reason: string;
    first: boolean;
  };
  'workspace.RetryStream': { stream: string };
  Freed: { free: boolean };
  'workspace.SkipEvent': { eventId: string };
  'workspace.UndoRequest': { event?: string; correlation?: string; dryRun?: boolean };
  'workspace.UnsealRequest': { parts: Schemas['workspace.SealedPart'][] };
  'workspace.SealedPart': { event: string; person: string; sealed: string };
  Unsealed: { values?: unknown[][]; erased?: boolean };
  UnsealedParts: { parts: Schemas['Unsealed'][] };
  'view.contacts.contact-card': {
    id: string;
    name: string;
    givenName?: string;
    familyName?: string;
    emails: { type: 'work' | 'home' | 'other'; address: string; primary: boolean; typed?: string }[];
    phones: { type: 'work' | 'mobile' | 'home' | 'fax' | 'other'; number: string; primary: boolean; typed?: string }[];
    addresses: {
      type: 'work' | 'home' | 'billing' | 'shipping' | 'other';
      street?: string;
      city?: string;
      region?: string;
      postalCode?: string;
      country?: string;
      primary: boolean;
      typed?: string;
    }[];
    jobTitle?: string;
    language?: string;
    zone?: string;
    accountId?: string;
    ownerId: string;
    tags: string[];
    source?: string;
    lifecycleStage: 'subscriber' | 'lead' | 'qualified' | 'opportunity' | 'customer' | 'evangelist' | 'former' | 'other';
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    changedAt: string;
    members: string[];
    primaryEmail?: string;
    removed?: boolean;
    erased?: boolean;
  };
  'contacts.CreateContact': {
    name?: string;
    givenName?: string;
    familyName?: string;
    emails?: Schemas['contacts.EmailForm'][];
    phones?: Schemas['contacts.PhoneForm'][];
    addresses?: Schemas['contacts.AddressForm'][];
    jobTitle?: string;
    language?: string;
    zone?: string;
    accountId?: string;
    ownerId?: string;
    tags?: string[];
    source?: string;
    lifecycleStage?: 'subscriber' | 'lead' | 'qualified' | 'opportunity' | 'customer' | 'evangelist' | 'former' | 'other';
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'contacts.EmailForm': { address: string; type?: 'work' | 'home' | 'other'; primary?: boolean; typed?: string };
  'contacts.PhoneForm': {
    number: string;
    type?: 'work' | 'mobile' | 'home' | 'fax' | 'other';
    primary?: boolean;
    typed?: string;
    country?: string;
  };
  'contacts.AddressForm': {
    type?: 'work' | 'home' | 'billing' | 'shipping' | 'other';
    street?: string;
    city?: string;
    region?: string;
    postalCode?: string;
    country?: string;
    primary?: boolean;
    typed?: string;
  };
  'contacts.ChangeContact': {
    name?: string;
    givenName?: string;
    familyName?: string;
    emails?: Schemas['contacts.EmailForm'][];
    phones?: Schemas['contacts.PhoneForm'][];
    addresses?: Schemas['contacts.AddressForm'][];
    jobTitle?: string;
    language?: string;
    zone?: string;
    accountId?: string;
    ownerId?: string;
    tags?: string[];
    source?: string;
    lifecycleStage?: 'subscriber' | 'lead' | 'qualified' | 'opportunity' | 'customer' | 'evangelist' | 'former' | 'other';
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'contacts.Merge': { absorbedId: string; chosen?: Schemas['contacts.Choice'][] };
  'contacts.Choice': { field: string; memberId: string };
  'contacts.Unmerge': { releasedId: string };
  'view.contacts.account-card': {
    id: string;
    name: string;
    website?: string;
    sector?: string;
    sectorTyped?: string;
    country?: string;
    countryTyped?: string;
    revenue?: { amount: string; currency: string };
    employees?: number;
    foundedIn?: number;
    emails: { type: 'work' | 'home' | 'other'; address: string; primary: boolean; typed?: string }[];
    phones: { type: 'work' | 'mobile' | 'home' | 'fax' | 'other'; number: string; primary: boolean; typed?: string }[];
    addresses: {
      type: 'work' | 'home' | 'billing' | 'shipping' | 'other';
      street?: string;
      city?: string;
      region?: string;
      postalCode?: string;
      country?: string;
      primary: boolean;
      typed?: string;
    }[];
    parentId?: string;
    ownerId?: string;
    tags: string[];
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    changedAt: string;
    members: string[];
    removed?: boolean;
    erased?: boolean;
  };
  'view.contacts.deal-row': {
    id: string;
    name: string;
    accountId?: string;
    contactId?: string;
    ownerId: string;
    stageId: string;
    status: 'open' | 'won' | 'lost';
    open: boolean;
    value?: { amount: string; currency: string };
    wonValue?: { amount: string; currency: string };
    worth?: { amount: string; currency: string };
    lines: { lineId: string; productId: string; quantity: number; price: { amount: string; currency: string } }[];
    openedOn: string;
    closedOn?: string;
    expectedCloseOn?: string;
    reason?: string;
    changedAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'view.contacts.activity-row': {
    id: string;
    kind: 'note' | 'call' | 'meeting' | 'message' | 'task';
    about: string[];
    contactId?: string;
    ownerId: string;
    subject: string;
    body?: string;
    dueAt?: string;
    done: boolean;
    at: string;
    removed?: boolean;
    erased?: boolean;
  };
  Contact360: {
    profile: Schemas['view.contacts.contact-card'];
    account?: Schemas['view.contacts.account-card'];
    mergedInto?: string;
    asOf?: string;
    knownAt?: string;
    members: string[];
    deals?: {
      open: number;
      openValue: { amount: string; currency: string }[];
      won: number;
      wonValue: { amount: string; currency: string }[];
      lost: number;
      lastClosedOn?: string;
      items: Schemas['view.contacts.deal-row'][];
      more: number;
    };
    activities: { items: Schemas['view.contacts.activity-row'][]; more: number };
    nextStep: Schemas['view.contacts.activity-row'] | null;
    timeline: Schemas['HistoryItem'][];
  };
  OutlineEntry: { type: string; record: string; revision: number; at: string; actor: string };
  Lifeline: { entries: Schemas['OutlineEntry'][]; more: boolean };
  'contacts.EraseForm': { confirm?: string[] };
  'contacts.CreateAccount': {
    name: string;
    website?: string;
    sector?: string;
    country?: string;
    revenue?: { amount: string; currency: string };
    employees?: number;
    foundedIn?: number;
    emails?: Schemas['contacts.EmailForm'][];
    phones?: Schemas['contacts.PhoneForm'][];
    addresses?: Schemas['contacts.AddressForm'][];
    parentId?: string;
    ownerId?: string;
    tags?: string[];
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'contacts.ChangeAccount': {
    name?: string;
    website?: string;
    sector?: string;
    country?: string;
    revenue?: { amount: string; currency: string };
    employees?: number;
    foundedIn?: number;
    emails?: Schemas['contacts.EmailForm'][];
    phones?: Schemas['contacts.PhoneForm'][];
    addresses?: Schemas['contacts.AddressForm'][];
    parentId?: string;
    ownerId?: string;
    tags?: string[];
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'view.contacts.contact-row': {
    id: string;
    name: string;
    givenName?: string;
    familyName?: string;
    emails: { type: 'work' | 'home' | 'other'; address: string; primary: boolean; typed?: string }[];
    phones: { type: 'work' | 'mobile' | 'home' | 'fax' | 'other'; number: string; primary: boolean; typed?: string }[];
    addresses: {
      type: 'work' | 'home' | 'billing' | 'shipping' | 'other';
      street?: string;
      city?: string;
      region?: string;
      postalCode?: string;
      country?: string;
      primary: boolean;
      typed?: string;
    }[];
    jobTitle?: string;
    language?: string;
    zone?: string;
    accountId?: string;
    ownerId: string;
    tags: string[];
    source?: string;
    lifecycleStage: 'subscriber' | 'lead' | 'qualified' | 'opportunity' | 'customer' | 'evangelist' | 'former' | 'other';
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    changedAt: string;
    members: string[];
    mergedInto?: string;
    chosen?: { field: string; memberId: string; with: string; own?: unknown }[];
    removed?: boolean;
    erased?: boolean;
  };
  'view.contacts.account-row': {
    id: string;
    name: string;
    website?: string;
    sector?: string;
    sectorTyped?: string;
    country?: string;
    countryTyped?: string;
    revenue?: { amount: string; currency: string };
    employees?: number;
    foundedIn?: number;
    emails: { type: 'work' | 'home' | 'other'; address: string; primary: boolean; typed?: string }[];
    phones: { type: 'work' | 'mobile' | 'home' | 'fax' | 'other'; number: string; primary: boolean; typed?: string }[];
    addresses: {
      type: 'work' | 'home' | 'billing' | 'shipping' | 'other';
      street?: string;
      city?: string;
      region?: string;
      postalCode?: string;
      country?: string;
      primary: boolean;
      typed?: string;
    }[];
    parentId?: string;
    ownerId?: string;
    tags: string[];
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    changedAt: string;
    members: string[];
    mergedInto?: string;
    chosen?: { field: string; memberId: string; with: string; own?: unknown }[];
    removed?: boolean;
    erased?: boolean;
  };
  Account360: {
    profile: Schemas['view.contacts.account-card'];
    people?: Schemas['view.contacts.contact-row'][];
    subsidiaries?: Schemas['view.contacts.account-row'][];
    mergedInto?: string;
    asOf?: string;
    knownAt?: string;
    members: string[];
    deals?: {
      open: number;
      openValue: { amount: string; currency: string }[];
      won: number;
      wonValue: { amount: string; currency: string }[];
      lost: number;
      lastClosedOn?: string;
      items: Schemas['view.contacts.deal-row'][];
      more: number;
    };
    activities: { items: Schemas['view.contacts.activity-row'][]; more: number };
    nextStep: Schemas['view.contacts.activity-row'] | null;
    timeline: Schemas['HistoryItem'][];
  };
  'contacts.RecordActivity': {
    kind: 'note' | 'call' | 'meeting' | 'message' | 'task';
    about: string[];
    contactId?: string;
    subject: string;
    body?: string;
    dueAt?: string;
    ownerId?: string;
  };
  'contacts.ChangeActivity': { about?: string[]; subject?: string; body?: string; dueAt?: string; ownerId?: string };
  'contacts.CompleteActivity': Record<string, never>;
  'contacts.ReopenActivity': Record<string, never>;
  'contacts.RemoveRecord': Record<string, never>;
  'contacts.RestoreRecord': Record<string, never>;
  'view.contacts.batch-row': {
    id: string;
    source: 'import';
    resource: string;
    ownerId: string;
    label?: string;
    status: 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
    rows: number;
    file: string;
    bytes: number;
    delimiter: string;
    columns: { heading: string; field?: string; times?: number }[];
    defaults: { field: string; value: string }[];
    match?: string;
    existing: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal: '.' | ',';
    currency?: string;
    country?: string;
    startedBy?: string;
    startedAt?: string;
    finishedAt?: string;
    createdAt: string;
    pass: number;
    row: number;
    findings: number;
    linked?: number;
    counts: { created: number; updated: number; unchanged: number; skipped: number; rejected: number; noted: number };
    problem?: string;
    undone?: { correlation: string; done: number; left: number; by: string; at: string };
    removed?: boolean;
    erased?: boolean;
  };
  'contacts.ChangeImport': {
    columns?: Schemas['contacts.ColumnForm'][];
    defaults?: Schemas['contacts.DefaultForm'][];
    match?: string;
    existing?: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal?: '.' | ',';
    currency?: string;
    country?: string;
  };
  'contacts.ColumnForm': { heading: string; field?: string; times?: 1 | 1000 | 1000000 };
  'contacts.DefaultForm': { field: string; value: string };
  'contacts.BeginImport': Record<string, never>;
  'contacts.CancelBatch': Record<string, never>;
  'contacts.UndoImport': { dryRun?: boolean };
  'contacts.RetryStream': { stream: string };
  'contacts.SkipEvent': { eventId: string };
  'contacts.UndoRequest': { event?: string; correlation?: string; dryRun?: boolean };
  'contacts.UnsealRequest': { parts: Schemas['contacts.SealedPart'][] };
  'contacts.SealedPart': { event: string; person: string; sealed: string };
  'view.sales.opportunity-row': {
    id: string;
    name: string;
    accountId?: string;
    contactId?: string;
    ownerId: string;
    pipelineId: string;
    stageId: string;
    stageSince: string;
    status: 'open' | 'won' | 'lost';
    open: boolean;
    value?: { amount: string; currency: string };
    wonValue?: { amount: string; currency: string };
    worth?: { amount: string; currency: string };
    worthMinor?: string;
    worthAmount?: number;
    currency?: string;
    lines: { lineId: string; productId: string; quantity: number; price: { amount: string; currency: string } }[];
    openedOn: string;
    expectedCloseOn?: string;
    closedOn?: string;
    reason?: string;
    source?: string;
    externalId?: string;
    note?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    changedAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'sales.OpenOpportunity': {
    name: string;
    pipelineId: string;
    stageId?: string;
    accountId?: string;
    contactId?: string;
    ownerId?: string;
    value?: { amount: string; currency: string };
    expectedCloseOn?: string;
    openedOn?: string;
    note?: string;
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  BoardStage: {
    stageId: string;
    name: string;
    probability: number;
    retired: boolean;
    count: number;
    value: { amount: string; currency: string }[];
    weighted: { amount: string; currency: string }[];
    cards: Schemas['view.sales.opportunity-row'][];
    next?: string;
  };
  Board: { pipelineId?: string; name?: string; stages: Schemas['BoardStage'][] };
  'sales.ChangeOpportunity': {
    name?: string;
    accountId?: string;
    contactId?: string;
    ownerId?: string;
    value?: { amount: string; currency: string };
    expectedCloseOn?: string;
    source?: string;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'sales.MoveStage': { stageId: string };
  'sales.AddLine': { lineId?: string; place?: number; productId: string; quantity: number; price?: { amount: string; currency: string } };
  'sales.ChangeLine': { lineId: string; quantity?: number; price?: { amount: string; currency: string } };
  'sales.RemoveLine': { lineId: string };
  'sales.WinOpportunity': { closedOn?: string; value?: { amount: string; currency: string } };
  'sales.LoseOpportunity': { reason: string; closedOn?: string };
  'sales.ReopenOpportunity': Record<string, never>;
  'view.sales.pipeline-row': {
    id: string;
    name: string;
    stages: { stageId: string; name: string; probability: number; retired: boolean }[];
    isDefault: boolean;
    removed?: boolean;
    erased?: boolean;
  };
  'sales.CreatePipeline': { name: string; stages?: Schemas['sales.StageForm'][]; isDefault?: boolean };
  'sales.StageForm': { stageId?: string; name: string; probability: number; retired?: boolean };
  'sales.ChangePipeline': { name?: string; stages?: Schemas['sales.StageForm'][]; isDefault?: boolean };
  'view.sales.product-row': {
    id: string;
    code: string;
    name: string;
    series?: string;
    prices: { amount: string; currency: string }[];
    active: boolean;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
    createdAt: string;
    removed?: boolean;
    erased?: boolean;
  };
  'sales.CreateProduct': {
    code: string;
    name: string;
    series?: string;
    prices?: { amount: string; currency: string }[];
    active?: boolean;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'sales.ChangeProduct': {
    code?: string;
    name?: string;
    series?: string;
    prices?: { amount: string; currency: string }[];
    active?: boolean;
    externalId?: string;
    custom?: Record<string, string | number | boolean | null>;
  };
  'sales.RemoveRecord': Record<string, never>;
  'sales.RestoreRecord': Record<string, never>;
  'view.sales.batch-row': {
    id: string;
    source: 'import';
    resource: string;
    ownerId: string;
    label?: string;
    status: 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';
    rows: number;
    file: string;
    bytes: number;
    delimiter: string;
    columns: { heading: string; field?: string; times?: number }[];
    defaults: { field: string; value: string }[];
    match?: string;
    existing: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal: '.' | ',';
    currency?: string;
    country?: string;
    startedBy?: string;
    startedAt?: string;
    finishedAt?: string;
    createdAt: string;
    pass: number;
    row: number;
    findings: number;
    linked?: number;
    counts: { created: number; updated: number; unchanged: number; skipped: number; rejected: number; noted: number };
    problem?: string;
    undone?: { correlation: string; done: number; left: number; by: string; at: string };
    removed?: boolean;
    erased?: boolean;
  };
  'sales.ChangeImport': {
    columns?: Schemas['sales.ColumnForm'][];
    defaults?: Schemas['sales.DefaultForm'][];
    match?: string;
    existing?: 'update' | 'skip' | 'create';
    since?: string;
    dates?: 'dmy' | 'mdy';
    decimal?: '.' | ',';
    currency?: string;
    country?: string;
  };
  'sales.ColumnForm': { heading: string; field?: string; times?: 1 | 1000 | 1000000 };
  'sales.DefaultForm': { field: string; value: string };
  'sales.BeginImport': Record<string, never>;
  'sales.CancelBatch': Record<string, never>;
  'sales.UndoImport': { dryRun?: boolean };
  'sales.RetryStream': { stream: string };
  'sales.SkipEvent': { eventId: string };
  'sales.UndoRequest': { event?: string; correlation?: string; dryRun?: boolean };
  'sales.UnsealRequest': { parts: Schemas['sales.SealedPart'][] };
  'sales.SealedPart': { event: string; person: string; sealed: string };
  SalesFigures: {
    group: Record<string, string>;
    opened: number;
    won: number;
    lost: number;
    open: number;
    winRate?: string;
    wonValue: { amount: string; currency: string }[];
    openValue: { amount: string; currency: string }[];
    cycle?: { mean: string; median: string };
  };
  SalesFiguresAnswer: { asOf?: string; knownAt?: string; from?: string; to?: string; by: string[]; figures: Schemas['SalesFigures'][] };
  SalesForecast: {
    month: string;
    deals: number;
    value: { amount: string; currency: string }[];
    weighted: { amount: string; currency: string }[];
  };
  SalesForecastAnswer: { asOf?: string; knownAt?: string; forecast: Schemas['SalesForecast'][] };
  BoardThenCard: {
    id: string;
    ownerId: string;
    accountId?: string;
    worth?: { amount: string; currency: string };
    openedOn: string;
    expectedCloseOn?: string;
    stageSince: string;
    now: { status: 'open' | 'won' | 'lost'; stageId: string; removed: boolean };
  };
  BoardThenStage: {
    pipelineId: string;
    stageId: string;
    name: string;
    probability: number;
    count: number;
    value: { amount: string; currency: string }[];
    weighted: { amount: string; currency: string }[];
    cards: Schemas['BoardThenCard'][];
    more: number;
  };
  BoardThenAnswer: {
    asOf?: string;
    knownAt?: string;
    stages: Schemas['BoardThenStage'][];
    since: { stayed: number; moved: number; won: number; lost: number; removed: number; opened: number };
  };
  StageTime: { stage: string; deals: number; meanDays: string };
  StageTimesAnswer: { asOf?: string; knownAt?: string; stages: Schemas['StageTime'][] };
  FigureRecords: { kind: string; ids: string[]; next?: string };
  'analytics.RetryStream': { stream: string };
  'analytics.SkipEvent': { eventId: string };
  'analytics.UndoRequest': { event?: string; correlation?: string; dryRun?: boolean };
  'analytics.UnsealRequest': { parts: Schemas['analytics.SealedPart'][] };
  'analytics.SealedPart': { event: string; person: string; sealed: string };
}

/** Every address under `/api/v1`, by method: its query, its body, its answer. */
export interface Paths {
  '/accounts': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.contacts.account-card'][];
    };
    post: { body: Schemas['contacts.CreateAccount']; answer: Schemas['Accepted'] };
  };
  '/accounts/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/accounts/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/accounts/imports': {
    post: { query: { label?: string }; body: Blob | string; answer: Schemas['Accepted'] };
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.contacts.batch-row'][];
    };
  };
  '/accounts/imports/{id}': {
    get: { answer: Schemas['ImportPage'] };
    patch: { body: Changes<Schemas['contacts.ChangeImport']>; answer: Schemas['Accepted'] };
  };
  '/accounts/imports/{id}/cancel': { post: { body: Schemas['contacts.CancelBatch']; answer: Schemas['Accepted'] } };
  '/accounts/imports/{id}/check': { post: { body: Schemas['contacts.BeginImport']; answer: Schemas['Accepted'] } };
  '/accounts/imports/{id}/findings': { get: { query: { skip?: number; limit?: number }; answer: Schemas['Finding'][] } };
  '/accounts/imports/{id}/rejected': { get: { answer: string } };
  '/accounts/imports/{id}/run': { post: { body: Schemas['contacts.BeginImport']; answer: Schemas['Accepted'] } };
  '/accounts/imports/{id}/undo': { post: { body: Schemas['contacts.UndoImport']; answer: Schemas['Undone'] } };
  '/accounts/{id}': {
    get: { answer: Schemas['view.contacts.account-card'] };
    patch: { body: Changes<Schemas['contacts.ChangeAccount']>; answer: Schemas['Accepted'] };
  };
  '/accounts/{id}/360': { get: { query: { asOf?: string; knownAt?: string }; answer: Schemas['Account360'] } };
  '/accounts/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/accounts/{id}/lifeline': { get: { answer: Schemas['Lifeline'] } };
  '/accounts/{id}/merge': { post: { body: Schemas['contacts.Merge']; answer: Schemas['Accepted'] } };
  '/accounts/{id}/remove': { post: { body: Schemas['contacts.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/accounts/{id}/restore': { post: { body: Schemas['contacts.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/accounts/{id}/timeline': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/accounts/{id}/unmerge': { post: { body: Schemas['contacts.Unmerge']; answer: Schemas['Accepted'] } };
  '/activities': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.contacts.activity-row'][];
    };
    post: { body: Schemas['contacts.RecordActivity']; answer: Schemas['Accepted'] };
  };
  '/activities/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/activities/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/activities/{id}': {
    get: { answer: Schemas['view.contacts.activity-row'] };
    patch: { body: Changes<Schemas['contacts.ChangeActivity']>; answer: Schemas['Accepted'] };
  };
  '/activities/{id}/complete': { post: { body: Schemas['contacts.CompleteActivity']; answer: Schemas['Accepted'] } };
  '/activities/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/activities/{id}/remove': { post: { body: Schemas['contacts.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/activities/{id}/reopen': { post: { body: Schemas['contacts.ReopenActivity']; answer: Schemas['Accepted'] } };
  '/activities/{id}/restore': { post: { body: Schemas['contacts.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/api-keys': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.api-key-row'][];
    };
    post: { body: Schemas['workspace.NewApiKey']; answer: Schemas['Accepted'] };
  };
  '/api-keys/{id}': { get: { answer: Schemas['view.workspace.api-key-row'] } };
  '/api-keys/{id}/revoke': { post: { body: Schemas['workspace.RevokeApiKey']; answer: Schemas['Accepted'] } };
  '/changes': { get: { answer: unknown } };
  '/contacts': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.contacts.contact-card'][];
    };
    post: { body: Schemas['contacts.CreateContact']; answer: Schemas['Accepted'] };
  };
  '/contacts/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/contacts/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/contacts/imports': {
    post: { query: { label?: string }; body: Blob | string; answer: Schemas['Accepted'] };
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.contacts.batch-row'][];
    };
  };
  '/contacts/imports/{id}': {
    get: { answer: Schemas['ImportPage'] };
    patch: { body: Changes<Schemas['contacts.ChangeImport']>; answer: Schemas['Accepted'] };
  };
  '/contacts/imports/{id}/cancel': { post: { body: Schemas['contacts.CancelBatch']; answer: Schemas['Accepted'] } };
  '/contacts/imports/{id}/check': { post: { body: Schemas['contacts.BeginImport']; answer: Schemas['Accepted'] } };
  '/contacts/imports/{id}/findings': { get: { query: { skip?: number; limit?: number }; answer: Schemas['Finding'][] } };
  '/contacts/imports/{id}/rejected': { get: { answer: string } };
  '/contacts/imports/{id}/run': { post: { body: Schemas['contacts.BeginImport']; answer: Schemas['Accepted'] } };
  '/contacts/imports/{id}/undo': { post: { body: Schemas['contacts.UndoImport']; answer: Schemas['Undone'] } };
  '/contacts/{id}': {
    get: { answer: Schemas['view.contacts.contact-card'] };
    patch: { body: Changes<Schemas['contacts.ChangeContact']>; answer: Schemas['Accepted'] };
  };
  '/contacts/{id}/360': { get: { query: { asOf?: string; knownAt?: string }; answer: Schemas['Contact360'] } };
  '/contacts/{id}/erase': { post: { body: Schemas['contacts.EraseForm']; answer: Schemas['Erasure'] } };
  '/contacts/{id}/erasure': { get: { answer: Schemas['ErasureCertificate'] } };
  '/contacts/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/contacts/{id}/lifeline': { get: { answer: Schemas['Lifeline'] } };
  '/contacts/{id}/merge': { post: { body: Schemas['contacts.Merge']; answer: Schemas['Accepted'] } };
  '/contacts/{id}/remove': { post: { body: Schemas['contacts.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/contacts/{id}/restore': { post: { body: Schemas['contacts.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/contacts/{id}/timeline': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/contacts/{id}/unmerge': { post: { body: Schemas['contacts.Unmerge']; answer: Schemas['Accepted'] } };
  '/demo': {
    get: {
      answer: {
        status: 'none' | 'loading' | 'done' | 'failed';
        steps: { resource: string; rows: number; row: number }[];
        problem?: string;
      };
    };
    post: {
      answer: {
        status: 'none' | 'loading' | 'done' | 'failed';
        steps: { resource: string; rows: number; row: number }[];
        problem?: string;
      };
    };
  };
  '/figures/sales': {
    get: {
      query: {
        from?: string;
        to?: string;
        by?: string;
        asOf?: string;
        knownAt?: string;
        owner?: string;
        manager?: string;
        team?: string;
        product?: string;
        account?: string;
        sector?: string;
        country?: string;
        stage?: string;
        pipeline?: string;
        series?: string;
      };
      answer: Schemas['SalesFiguresAnswer'];
    };
  };
  '/figures/sales/board': {
    get: {
      query: {
        from?: string;
        to?: string;
        by?: string;
        asOf?: string;
        knownAt?: string;
        owner?: string;
        manager?: string;
        team?: string;
        product?: string;
        account?: string;
        sector?: string;
        country?: string;
        stage?: string;
        pipeline?: string;
        series?: string;
        limit?: number;
      };
      answer: Schemas['BoardThenAnswer'];
    };
  };
  '/figures/sales/forecast': {
    get: {
      query: {
        from?: string;
        to?: string;
        by?: string;
        asOf?: string;
        knownAt?: string;
        owner?: string;
        manager?: string;
        team?: string;
        product?: string;
        account?: string;
        sector?: string;
        country?: string;
        stage?: string;
        pipeline?: string;
        series?: string;
      };
      answer: Schemas['SalesForecastAnswer'];
    };
  };
  '/figures/sales/records': {
    get: {
      query: {
        from?: string;
        to?: string;
        by?: string;
        asOf?: string;
        knownAt?: string;
        owner?: string;
        manager?: string;
        team?: string;
        product?: string;
        account?: string;
        sector?: string;
        country?: string;
        stage?: string;
        pipeline?: string;
        series?: string;
        figure?: string;
        year?: string;
        quarter?: string;
        month?: string;
        day?: string;
        limit?: number;
        cursor?: string;
      };
      answer: Schemas['FigureRecords'];
    };
  };
  '/figures/sales/stages': {
    get: {
      query: {
        from?: string;
        to?: string;
        by?: string;
        asOf?: string;
        knownAt?: string;
        owner?: string;
        manager?: string;
        team?: string;
        product?: string;
        account?: string;
        sector?: string;
        country?: string;
        stage?: string;
        pipeline?: string;
        series?: string;
      };
      answer: Schemas['StageTimesAnswer'];
    };
  };
  '/me': { get: { answer: Schemas['Me'] }; patch: { body: Changes<Schemas['workspace.ChangeProfile']>; answer: Schemas['Accepted'] } };
  '/opportunities': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.sales.opportunity-row'][];
    };
    post: { body: Schemas['sales.OpenOpportunity']; answer: Schemas['Accepted'] };
  };
  '/opportunities/board': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
        pipelineId?: string;
      };
      answer: Schemas['Board'];
    };
  };
  '/opportunities/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/opportunities/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/opportunities/imports': {
    post: { query: { label?: string }; body: Blob | string; answer: Schemas['Accepted'] };
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.sales.batch-row'][];
    };
  };
  '/opportunities/imports/{id}': {
    get: { answer: Schemas['ImportPage'] };
    patch: { body: Changes<Schemas['sales.ChangeImport']>; answer: Schemas['Accepted'] };
  };
  '/opportunities/imports/{id}/cancel': { post: { body: Schemas['sales.CancelBatch']; answer: Schemas['Accepted'] } };
  '/opportunities/imports/{id}/check': { post: { body: Schemas['sales.BeginImport']; answer: Schemas['Accepted'] } };
  '/opportunities/imports/{id}/findings': { get: { query: { skip?: number; limit?: number }; answer: Schemas['Finding'][] } };
  '/opportunities/imports/{id}/rejected': { get: { answer: string } };
  '/opportunities/imports/{id}/run': { post: { body: Schemas['sales.BeginImport']; answer: Schemas['Accepted'] } };
  '/opportunities/imports/{id}/undo': { post: { body: Schemas['sales.UndoImport']; answer: Schemas['Undone'] } };
  '/opportunities/{id}': {
    get: { query: { asOf?: string; knownAt?: string }; answer: Schemas['view.sales.opportunity-row'] };
    patch: { body: Changes<Schemas['sales.ChangeOpportunity']>; answer: Schemas['Accepted'] };
  };
  '/opportunities/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/opportunities/{id}/lines': { post: { body: Schemas['sales.AddLine']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/lines/change': { post: { body: Schemas['sales.ChangeLine']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/lines/remove': { post: { body: Schemas['sales.RemoveLine']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/lose': { post: { body: Schemas['sales.LoseOpportunity']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/remove': { post: { body: Schemas['sales.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/reopen': { post: { body: Schemas['sales.ReopenOpportunity']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/restore': { post: { body: Schemas['sales.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/stage': { post: { body: Schemas['sales.MoveStage']; answer: Schemas['Accepted'] } };
  '/opportunities/{id}/win': { post: { body: Schemas['sales.WinOpportunity']; answer: Schemas['Accepted'] } };
  '/pipelines': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.sales.pipeline-row'][];
    };
    post: { body: Schemas['sales.CreatePipeline']; answer: Schemas['Accepted'] };
  };
  '/pipelines/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/pipelines/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/pipelines/{id}': {
    get: { answer: Schemas['view.sales.pipeline-row'] };
    patch: { body: Changes<Schemas['sales.ChangePipeline']>; answer: Schemas['Accepted'] };
  };
  '/pipelines/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/pipelines/{id}/remove': { post: { body: Schemas['sales.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/pipelines/{id}/restore': { post: { body: Schemas['sales.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/products': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.sales.product-row'][];
    };
    post: { body: Schemas['sales.CreateProduct']; answer: Schemas['Accepted'] };
  };
  '/products/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/products/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/products/imports': {
    post: { query: { label?: string }; body: Blob | string; answer: Schemas['Accepted'] };
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.sales.batch-row'][];
    };
  };
  '/products/imports/{id}': {
    get: { answer: Schemas['ImportPage'] };
    patch: { body: Changes<Schemas['sales.ChangeImport']>; answer: Schemas['Accepted'] };
  };
  '/products/imports/{id}/cancel': { post: { body: Schemas['sales.CancelBatch']; answer: Schemas['Accepted'] } };
  '/products/imports/{id}/check': { post: { body: Schemas['sales.BeginImport']; answer: Schemas['Accepted'] } };
  '/products/imports/{id}/findings': { get: { query: { skip?: number; limit?: number }; answer: Schemas['Finding'][] } };
  '/products/imports/{id}/rejected': { get: { answer: string } };
  '/products/imports/{id}/run': { post: { body: Schemas['sales.BeginImport']; answer: Schemas['Accepted'] } };
  '/products/imports/{id}/undo': { post: { body: Schemas['sales.UndoImport']; answer: Schemas['Undone'] } };
  '/products/{id}': {
    get: { answer: Schemas['view.sales.product-row'] };
    patch: { body: Changes<Schemas['sales.ChangeProduct']>; answer: Schemas['Accepted'] };
  };
  '/products/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/products/{id}/remove': { post: { body: Schemas['sales.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/products/{id}/restore': { post: { body: Schemas['sales.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/roles': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.role-row'][];
    };
    post: { body: Schemas['workspace.CreateRole']; answer: Schemas['Accepted'] };
  };
  '/roles/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/roles/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/roles/{id}': {
    get: { answer: Schemas['view.workspace.role-row'] };
    patch: { body: Changes<Schemas['workspace.ChangeRole']>; answer: Schemas['Accepted'] };
  };
  '/roles/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/roles/{id}/remove': { post: { body: Schemas['workspace.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/roles/{id}/restore': { post: { body: Schemas['workspace.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/services/analytics/audit': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string; correlation?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/services/analytics/events': {
    get: {
      query: { after?: number; types?: string; touches?: string; actor?: string; correlation?: string; limit?: number };
      answer: Schemas['CloudEvent'][];
    };
  };
  '/services/analytics/projections': { get: { answer: Schemas['ProjectionStatus'][] } };
  '/services/analytics/projections/parked': { get: { answer: Schemas['ParkedEvent'][] } };
  '/services/analytics/projections/{view}/parked/retry': { post: { body: Schemas['analytics.RetryStream']; answer: Schemas['Freed'] } };
  '/services/analytics/projections/{view}/parked/skip': { post: { body: Schemas['analytics.SkipEvent']; answer: Schemas['Freed'] } };
  '/services/analytics/projections/{view}/rebuild': { post: { answer: Schemas['Rebuilding'] } };
  '/services/analytics/topic': { get: { answer: unknown } };
  '/services/analytics/topic/republish': { post: { answer: Schemas['Accepted'] } };
  '/services/analytics/undo': { post: { body: Schemas['analytics.UndoRequest']; answer: Schemas['Undone'] } };
  '/services/analytics/unseal': { post: { body: Schemas['analytics.UnsealRequest']; answer: Schemas['UnsealedParts'] } };
  '/services/contacts/audit': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string; correlation?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/services/contacts/events': {
    get: {
      query: { after?: number; types?: string; touches?: string; actor?: string; correlation?: string; limit?: number };
      answer: Schemas['CloudEvent'][];
    };
  };
  '/services/contacts/projections': { get: { answer: Schemas['ProjectionStatus'][] } };
  '/services/contacts/projections/parked': { get: { answer: Schemas['ParkedEvent'][] } };
  '/services/contacts/projections/{view}/parked/retry': { post: { body: Schemas['contacts.RetryStream']; answer: Schemas['Freed'] } };
  '/services/contacts/projections/{view}/parked/skip': { post: { body: Schemas['contacts.SkipEvent']; answer: Schemas['Freed'] } };
  '/services/contacts/projections/{view}/rebuild': { post: { answer: Schemas['Rebuilding'] } };
  '/services/contacts/topic': { get: { answer: unknown } };
  '/services/contacts/topic/republish': { post: { answer: Schemas['Accepted'] } };
  '/services/contacts/undo': { post: { body: Schemas['contacts.UndoRequest']; answer: Schemas['Undone'] } };
  '/services/contacts/unseal': { post: { body: Schemas['contacts.UnsealRequest']; answer: Schemas['UnsealedParts'] } };
  '/services/sales/audit': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string; correlation?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/services/sales/events': {
    get: {
      query: { after?: number; types?: string; touches?: string; actor?: string; correlation?: string; limit?: number };
      answer: Schemas['CloudEvent'][];
    };
  };
  '/services/sales/projections': { get: { answer: Schemas['ProjectionStatus'][] } };
  '/services/sales/projections/parked': { get: { answer: Schemas['ParkedEvent'][] } };
  '/services/sales/projections/{view}/parked/retry': { post: { body: Schemas['sales.RetryStream']; answer: Schemas['Freed'] } };
  '/services/sales/projections/{view}/parked/skip': { post: { body: Schemas['sales.SkipEvent']; answer: Schemas['Freed'] } };
  '/services/sales/projections/{view}/rebuild': { post: { answer: Schemas['Rebuilding'] } };
  '/services/sales/topic': { get: { answer: unknown } };
  '/services/sales/topic/republish': { post: { answer: Schemas['Accepted'] } };
  '/services/sales/undo': { post: { body: Schemas['sales.UndoRequest']; answer: Schemas['Undone'] } };
  '/services/sales/unseal': { post: { body: Schemas['sales.UnsealRequest']; answer: Schemas['UnsealedParts'] } };
  '/services/workspace/audit': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string; correlation?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/services/workspace/events': {
    get: {
      query: { after?: number; types?: string; touches?: string; actor?: string; correlation?: string; limit?: number };
      answer: Schemas['CloudEvent'][];
    };
  };
  '/services/workspace/projections': { get: { answer: Schemas['ProjectionStatus'][] } };
  '/services/workspace/projections/parked': { get: { answer: Schemas['ParkedEvent'][] } };
  '/services/workspace/projections/{view}/parked/retry': { post: { body: Schemas['workspace.RetryStream']; answer: Schemas['Freed'] } };
  '/services/workspace/projections/{view}/parked/skip': { post: { body: Schemas['workspace.SkipEvent']; answer: Schemas['Freed'] } };
  '/services/workspace/projections/{view}/rebuild': { post: { answer: Schemas['Rebuilding'] } };
  '/services/workspace/topic': { get: { answer: unknown } };
  '/services/workspace/topic/republish': { post: { answer: Schemas['Accepted'] } };
  '/services/workspace/undo': { post: { body: Schemas['workspace.UndoRequest']; answer: Schemas['Undone'] } };
  '/services/workspace/unseal': { post: { body: Schemas['workspace.UnsealRequest']; answer: Schemas['UnsealedParts'] } };
  '/settings': {
    get: { answer: Schemas['view.workspace.tenant-row'] };
    patch: { body: Changes<Schemas['workspace.ChangeTenant']>; answer: Schemas['Accepted'] };
  };
  '/teams': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.team-row'][];
    };
    post: { body: Schemas['workspace.CreateTeam']; answer: Schemas['Accepted'] };
  };
  '/teams/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/teams/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/teams/{id}': {
    get: { answer: Schemas['view.workspace.team-row'] };
    patch: { body: Changes<Schemas['workspace.ChangeTeam']>; answer: Schemas['Accepted'] };
  };
  '/teams/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/teams/{id}/remove': { post: { body: Schemas['workspace.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/teams/{id}/restore': { post: { body: Schemas['workspace.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/users': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.user-row'][];
    };
    post: { body: Schemas['workspace.CreateUser']; answer: Schemas['Accepted'] };
  };
  '/users/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/users/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/users/imports': {
    post: { query: { label?: string }; body: Blob | string; answer: Schemas['Accepted'] };
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.batch-row'][];
    };
  };
  '/users/imports/{id}': {
    get: { answer: Schemas['ImportPage'] };
    patch: { body: Changes<Schemas['workspace.ChangeImport']>; answer: Schemas['Accepted'] };
  };
  '/users/imports/{id}/cancel': { post: { body: Schemas['workspace.CancelBatch']; answer: Schemas['Accepted'] } };
  '/users/imports/{id}/check': { post: { body: Schemas['workspace.BeginImport']; answer: Schemas['Accepted'] } };
  '/users/imports/{id}/findings': { get: { query: { skip?: number; limit?: number }; answer: Schemas['Finding'][] } };
  '/users/imports/{id}/rejected': { get: { answer: string } };
  '/users/imports/{id}/run': { post: { body: Schemas['workspace.BeginImport']; answer: Schemas['Accepted'] } };
  '/users/imports/{id}/undo': { post: { body: Schemas['workspace.UndoImport']; answer: Schemas['Undone'] } };
  '/users/{id}': {
    get: { answer: Schemas['view.workspace.user-row'] };
    patch: { body: Changes<Schemas['workspace.ChangeUser']>; answer: Schemas['Accepted'] };
  };
  '/users/{id}/deactivate': { post: { body: Schemas['workspace.DeactivateUser']; answer: Schemas['Accepted'] } };
  '/users/{id}/erase': { post: { body: Schemas['workspace.EraseForm']; answer: Schemas['Erasure'] } };
  '/users/{id}/erasure': { get: { answer: Schemas['ErasureCertificate'] } };
  '/users/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/users/{id}/invitation': { post: { body: Schemas['workspace.NewInvitation']; answer: Schemas['Invitation'] } };
  '/users/{id}/invitation/withdraw': { post: { body: Schemas['workspace.WithdrawInvitation']; answer: Schemas['Accepted'] } };
  '/users/{id}/reactivate': { post: { body: Schemas['workspace.ReactivateUser']; answer: Schemas['Accepted'] } };
  '/users/{id}/remove': { post: { body: Schemas['workspace.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/users/{id}/restore': { post: { body: Schemas['workspace.RestoreRecord']; answer: Schemas['Accepted'] } };
  '/users/{id}/roles': { put: { body: Schemas['workspace.AssignRoles']; answer: Schemas['Accepted'] } };
  '/views': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: Schemas['view.workspace.view-row'][];
    };
    post: { body: Schemas['workspace.CreateView']; answer: Schemas['Accepted'] };
  };
  '/views/bulk': { post: { body: Schemas['service.BulkItem'][]; answer: Schemas['BulkResult'][] } };
  '/views/export': {
    get: {
      query: {
        filter?: string;
        sort?: string;
        search?: string;
        limit?: number;
        cursor?: string;
        fields?: string;
        count?: boolean;
        removed?: boolean;
      };
      answer: string;
    };
  };
  '/views/{id}': {
    get: { answer: Schemas['view.workspace.view-row'] };
    patch: { body: Changes<Schemas['workspace.ChangeView']>; answer: Schemas['Accepted'] };
  };
  '/views/{id}/history': {
    get: {
      query: { types?: string; actor?: string; from?: string; to?: string; limit?: number; cursor?: string };
      answer: Schemas['HistoryItem'][];
    };
  };
  '/views/{id}/remove': { post: { body: Schemas['workspace.RemoveRecord']; answer: Schemas['Accepted'] } };
  '/views/{id}/restore': { post: { body: Schemas['workspace.RestoreRecord']; answer: Schemas['Accepted'] } };
}
