import { BadQuery, type Group, type Page, type Query, type Stored, type Where } from '#engines/read-models';
import { cleanTo, foldEvents, type AnyView, type Projection, type Recorded, type StoredEvent, type Summary } from '#model';
import { sealedCursors, type SealedCursors } from '#privacy';
import { context, type Reach } from './context.ts';
import type { Engines } from './engines.ts';
import type { Freshness } from './freshness.ts';
import { momentOf, type Moment } from './moment.ts';
import { within } from './ownership.ts';
import { notFound, Problem } from './problem.ts';
import { everything, isSummary, JOURNAL, type Contents, type Storages } from './storage.ts';
import { streamEvents } from './stream-source.ts';
import { clusterOf, isList, kindOf } from './summaries.ts';
import { kindOfView, listedFrom, refKind, rowsOf, says, shownFields } from './view-shape.ts';

/** What a list may be asked: an HTTP query in its parsed form. `removed`: the recycle list instead of the present one. */
export type ListRequest = {
  where?: Where;
  search?: string;
  sort?: { field: string; desc?: boolean }[];
  limit?: number;
  cursor?: string;
  fields?: string[];
  removed?: boolean;
  /** With the fields that are only there to be found by: for whoever matches records, not for who looks at them. */
  whole?: boolean;
};
/** `json`: the same items as text, where they are shown as they are kept. */
export type Listed<Doc = Record<string, unknown>> = { readonly items: Doc[]; next?: string; readonly json?: string };

const MOST_TOUCHED = 1_000;

/** Reading, as the caller may: every query carries the tenant and the caller's reach, and waits for what the caller has just written. */
export class Views {
  constructor(
    private readonly engines: Pick<Engines, 'models' | 'log' | 'sealer' | 'tenants' | 'vault'>,
    private readonly contents: Contents,
    private readonly storages: Storages,
    private readonly freshness: Freshness,
  ) {
    this.cursors = sealedCursors(engines.vault);
  }
  private readonly cursors: SealedCursors;

  /** @throws Problem 403 when the caller may read none of this kind, 400 for what cannot be filtered or sorted by, 503 `not-caught-up` */
  async list<Doc>(of: AnyView<Doc>, asked: ListRequest): Promise<Listed<Doc>> {
    const view = listedFrom(of, asked.removed) as AnyView<Doc>;
    const request = view === of ? asked : { ...asked, fields: asked.fields ?? this.alike(of, view) };
    await this.freshness.wait();
    const { tenant } = context();
    const after = request.cursor === undefined ? undefined : await this.cursors.open(tenant, view.name, request.cursor);
    if (request.cursor !== undefined && after === undefined) throw new BadQuery('cursor', 'is no cursor of ours');
    const page = await this.page({ ...this.asked(view, request), after, tenant });
    const hidden = this.hiddenWords(view, request);
    const found = hidden ? page.items.filter(({ doc }) => says(view, doc, hidden, request.search!)) : page.items;
    const next = page.next && (await this.cursors.seal(tenant, view.name, page.next));
    const shown = this.shower(view, request);
    const asKept = !request.fields && !request.whole && !this.hides(view);
    let items: Doc[] | undefined;
    return {
      // Read when somebody asks: most pages go out as the text they are kept as.
      get items() {
        return (items ??= found.map(({ doc }) => shown(doc) as Doc));
      },
      next,
      ...(asKept && found.every(({ json }) => json !== undefined) ? { json: `[${found.map(({ json }) => json).join()}]` } : {}),
    };
  }

  async count(of: AnyView, request: ListRequest): Promise<{ count: number; more: boolean }> {
    const view = listedFrom(of, request.removed);
    await this.freshness.wait();
    this.mustSeeWords(view, request);
    const { limit: _, sort: __, ...asked } = this.asked(view, request);
    return this.engines.models.count({ ...asked, tenant: context().tenant });
  }

  /** Count and sums per value; `by` and `sum` name indexed and summable fields. */
  async group(view: AnyView, request: ListRequest & { by: string[]; sum?: string[] }): Promise<Group[]> {
    await this.freshness.wait();
    for (const field of [...request.by, ...(request.sum ?? [])]) this.mustSee(view, field);
    this.mustSeeWords(view, request);
    const { limit: _, sort: __, ...asked } = this.asked(view, request);
    return this.engines.models.group({ ...asked, tenant: context().tenant, by: request.by, sum: request.sum });
  }

  /** One document. @throws Problem 404 when there is none or the caller may not see it, 403 when the caller may read none of this kind */
  async get<Doc>(view: AnyView<Doc>, id: string): Promise<Doc> {
    return (await this.find(view, id)).doc;
  }

  /** As `get`, with the document's revision. */
  async find<Doc>(view: AnyView<Doc>, id: string): Promise<{ doc: Doc; revision: number }> {
    await this.freshness.wait();
    const reach = this.reach(view);
    const stored = (await this.load(view, [id]))[0];
    if (!stored || stored.doc.gone === true || !(await this.sees(view, stored.doc, reach))) throw notFound();
    return { doc: this.masked(view, stored.doc) as Doc, revision: stored.revision };
  }

  /** Several documents in the order asked; those that are missing or unseen are left out. Labels of a page are loaded so: once, in one batch. */
  async many<Doc>(view: AnyView<Doc>, ids: string[]): Promise<Doc[]> {
    await this.freshness.wait();
    const reach = this.reach(view);
    const found: Doc[] = [];
    for (const stored of await this.load(view, [...new Set(ids)]))
      if (stored && stored.doc.gone !== true && (await this.sees(view, stored.doc, reach)))
        found.push(this.masked(view, stored.doc) as Doc);
    return found;
  }

  /** Rows of a view whose reference names one of these records, now or as of a moment. Bounded: the newest thousand streams, the rest is counted. */
  async related<Doc>(view: AnyView<Doc>, ref: keyof Doc & string, ids: string[], at: Moment = {}): Promise<{ items: Doc[]; more: number }> {
    const reach = this.reach(view);
    if (!at.asOf && !at.knownAt) {
      await this.freshness.wait();
      const where: Where = { or: ids.map((value) => ({ field: ref, op: isList(view, ref) ? ('has' as const) : ('eq' as const), value })) };
      const rows = await everything(this.engines.models, this.storages.of(view), context().tenant, where, MOST_TOUCHED);
      return { items: await this.seen(view, rows.filter(present), reach), more: 0 };
    }
    const kind = kindOfView(view);
    const { streams, more } = await this.touching(refKind(view, ref), ids, `${kind}/`);
    const docs: Record<string, unknown>[] = [];
    for (const stream of streams) {
      const doc = await this.fold(rowsOf(view), stream, at);
      const value = doc?.[ref];
      if (doc && doc.removed !== true && ids.some((id) => (Array.isArray(value) ? value.includes(id) : value === id))) docs.push(doc);
    }
    const kept: Doc[] = [];
    for (const doc of docs) if (await this.sees(view, await this.today(view, doc), reach)) kept.push(this.masked(view, doc) as Doc);
    return { items: kept, more };
  }

  /**
   * A view's document as of a moment: the same fold as a rebuild, over the events that had occurred and were known by then. Access and erasure are
   * today's. @throws Problem 404 when the record did not exist then
   */
  async build<Doc>(view: AnyView<Doc>, id: string, at: Moment): Promise<Doc> {
    await this.freshness.wait();
    const reach = this.reach(view);
    const doc = isSummary(view) ? await this.buildSummary(view, id, at) : await this.fold(rowsOf(view), `${kindOfView(view)}/${id}`, at);
    if (!doc || !(await this.sees(view, await this.today(view, doc), reach))) throw notFound();
    return this.masked(view, doc) as Doc;
  }

  /** The root and members of a record, now or as of a moment. */
  async cluster(identity: Projection, id: string, at: Moment = {}): Promise<{ root: string; members: string[] }> {
    const kind = kindOfView(identity);
    if (!at.asOf && !at.knownAt) return clusterOf(id, async (one) => (await this.load(identity, [one]))[0]?.doc);
    return clusterOf(id, (one) => this.fold(identity, `${kind}/${one}`, at));
  }

  /** Whether the caller may read the record, by today's access. */
  async mayRead(record: string): Promise<boolean> {
    const slash = record.indexOf('/');
    const kind = record.slice(0, slash);
    const reach = context().permissions.may('read', kind);
    if (!reach) return false;
    if (reach.all) return true;
    const view = this.contents.views.find((one) => one.type === 'projection' && kindOfView(one) === kind);
    if (!view) return false;
    const [row] = await this.load(view, [record.slice(slash + 1)]);
    return row !== undefined && this.sees(view, row.doc, reach);
  }

  private async buildSummary(view: Summary, id: string, at: Moment): Promise<Record<string, unknown> | undefined> {
    const kind = kindOf(view);
    const identity = this.contents.views.find(
      (one): one is Projection => one.type === 'projection' && kindOfView(one) === kind && 'mergedInto' in one.shape.properties,
    );
    const { root, members } = identity ? await this.cluster(identity, id, at) : { root: id, members: [id] };
    const rows: Record<string, unknown[]> = {};
    let erased = false;
    for (const [name, use] of Object.entries(view.from)) {
      if (use.ref === 'id') {
        const docs = await Promise.all(members.map((member) => this.fold(rowsOf(use.view), `${kindOfView(use.view)}/${member}`, at)));
        rows[name] = docs.filter((doc) => doc && doc.removed !== true);
        if (!docs[0] || docs[0].removed === true) return undefined;
        erased ||= docs[0].erased === true;
        continue;
      }
      const { streams } = await this.touching(kind, members, `${kindOfView(use.view)}/`);
      rows[name] = [];
      for (const stream of streams)
        for (const doc of this.documents(use.view, await this.fold(rowsOf(use.view), stream, at))) {
          const value = doc[use.ref];
          if (doc.removed !== true && members.some((member) => (Array.isArray(value) ? value.includes(member) : value === member)))
            rows[name].push(doc);
        }
    }
    const doc = cleanTo(view.shape, view.compute(root, rows)) as Record<string, unknown>;
    return erased ? { ...doc, erased } : doc;
  }

  private documents(view: AnyView, doc: Record<string, unknown> | undefined): Record<string, unknown>[] {
    if (!doc) return [];
    return view.type === 'children' ? (view.each(doc) as Record<string, unknown>[]) : [doc];
  }

  /** A row as of a moment: events that fit, in revision order, never re-sorted. */
  private async fold(view: Projection, stream: string, at: Moment): Promise<Record<string, unknown> | undefined> {
    const { tenant } = context();
    const zone = this.engines.tenants.zone(tenant);
    const [valid, known] = [momentOf(at.asOf, zone), momentOf(at.knownAt, zone)];
    const events = (await streamEvents(this.engines, tenant, stream)).filter(
      (event) => (!valid || event.occurredAt <= valid) && (!known || event.recordedAt <= known),
    );
    if (events.length === 0) return undefined;
    return foldRow(view, events, await this.engines.sealer.unseal(tenant, events));
  }

  /** Streams of a kind that ever touched one of these records (ids, or `kind/id` where a reference names records of any kind), newest first. */
  private async touching(kind: string, ids: string[], prefix: string): Promise<{ streams: string[]; more: number }> {
    const streams = new Set<string>();
    for (const id of ids) {
      const entries = await everything(
        this.engines.models,
        JOURNAL,
        context().tenant,
        { field: 'record', op: 'eq', value: id.includes('/') ? id : `${kind}/${id}` },
        50_000,
        [{ field: 'order' }],
      );
      for (const { doc } of entries.reverse()) if ((doc.stream as string).startsWith(prefix)) streams.add(doc.stream as string);
    }
    const all = [...streams];
    return { streams: all.slice(0, MOST_TOUCHED), more: Math.max(0, all.length - MOST_TOUCHED) };
  }

  /** The row as it is today: access is always today's. */
  private async today(view: AnyView, doc: Record<string, unknown>): Promise<Record<string, unknown>> {
    return (await this.load(view, [doc.id as string]))[0]?.doc ?? doc;
  }

  private load(view: AnyView, ids: string[]): Promise<(Stored | undefined)[]> {
    const { tenant } = context();
    return this.engines.models.load(
      this.storages.of(view),
      ids.map((id) => ({ tenant, id })),
    );
  }

  private async page(query: Query): Promise<Page> {
    return this.engines.models.query(query);
  }

  private asked(view: AnyView, request: ListRequest): Omit<Query, 'tenant'> {
    const reach = this.reach(view);
    for (const field of [...(request.sort ?? []).map((key) => key.field), ...fieldsOf(request.where), ...(request.fields ?? [])])
      this.mustSee(view, field);
    for (const field of request.fields ?? [])
      if (!(field in view.shape.properties) || view.how.inner?.includes(field))
        throw new BadQuery('fields', `names ${field}, which is not shown; possible: ${shownFields(view).join(', ')}`);
    const and: Where[] = [
      { field: 'removed', op: 'eq', value: request.removed ? true : null },
      { field: 'gone', op: 'eq', value: null },
    ];
    if (!reach.all && view.how.access === 'owner')
      // What is nobody's in particular is everybody's.
      and.push({ field: 'ownerId', op: 'in', value: [...reach.owners, null] });
    if (request.where) and.push(request.where);
    return {
      collection: this.storages.of(view),
      where: { and },
      search: request.search,
      sort: request.sort,
      limit: request.limit ?? 50,
    };
  }

  /** How far the caller may read this view. @throws Problem 403 when not at all */
  private reach(view: AnyView): Reach {
    const { permissions } = context();
    const access = view.how.access;
    const kind = kindOfView(view);
    const [action, on] = typeof access === 'object' && 'ability' in access ? [access.ability, view.service] : ['read', kind];
    const reach = permissions.may(action, on);
    if (!reach) throw new Problem(403, 'forbidden', `You may not ${action} this.`, { rule: permissions.why(action, on) });
    return access === 'everyone' || (typeof access === 'object' && 'ability' in access) ? { all: true } : reach;
  }

  private async sees(view: AnyView, doc: Record<string, unknown>, reach: Reach): Promise<boolean> {
    const access = view.how.access;
    if (access === 'owner') return within(reach, (doc.ownerId as string | undefined) ?? undefined);
    if (typeof access === 'object' && 'of' in access) {
      const named = doc[access.of];
      const records = (Array.isArray(named) ? named : [named]).filter((one): one is string => typeof one === 'string');
      const kind = refKind(view, access.of);
      for (const record of records) if (await this.mayRead(record.includes('/') ? record : `${kind}/${record}`)) return true;
      return records.length === 0;
    }
    return true;
  }

  private async seen<Doc>(view: AnyView<Doc>, rows: Stored[], reach: Reach): Promise<Doc[]> {
    const kept: Doc[] = [];
    for (const row of rows) if (await this.sees(view, row.doc, reach)) kept.push(this.masked(view, row.doc) as Doc);
    return kept;
  }

  /** Whether the caller may see this field of a view. */
  shows(view: AnyView, field: string): boolean {
    return !context().permissions.hidden(kindOfView(view)).includes(field.split('.')[0]!);
  }

  /** @throws BadQuery */
  private mustSee(view: AnyView, field: string): void {
    if (!this.shows(view, field)) throw new BadQuery(field, 'is hidden from you');
  }

  /** Fields that search goes by and the caller must not see; undefined when there are none, or nothing is searched for. */
  private hiddenWords(view: AnyView, { search }: ListRequest): readonly string[] | undefined {
    if (search === undefined) return undefined;
    const hidden = context().permissions.hidden(kindOfView(view));
    return view.how.words?.some((field) => hidden.includes(field)) ? hidden : undefined;
  }

  /** Whoever counts what search finds would learn what hidden fields say. @throws BadQuery */
  private mustSeeWords(view: AnyView, request: ListRequest): void {
    if (this.hiddenWords(view, request)) throw new BadQuery('search', 'goes by fields that are hidden from you, and cannot be counted');
  }

  /** Whether anything of this view is hidden from the caller. */
  private hides(view: AnyView): boolean {
    return context().permissions.hidden(kindOfView(view)).length > 0;
  }

  /** What both of two views show. */
  private alike(one: AnyView, other: AnyView): string[] {
    return shownFields(one).filter((field) => field in other.shape.properties && this.shows(other, field));
  }

  private masked(view: AnyView, doc: Record<string, unknown>): Record<string, unknown> {
    return this.shower(view)(doc);
  }

  /** What the caller may see of a view's documents, and has asked for. */
  private shower(view: AnyView, { fields, whole }: ListRequest = {}): (doc: Record<string, unknown>) => Record<string, unknown> {
    const left = new Set([...context().permissions.hidden(kindOfView(view)), ...((whole ? undefined : view.how.inner) ?? [])]);
    if (left.size === 0 && !fields) return (doc) => doc;
    return (doc) => {
      const kept: Record<string, unknown> = {};
      for (const name in doc) if (!left.has(name) && (!fields || name === 'id' || fields.includes(name))) kept[name] = doc[name];
      return kept;
    };
  }
}

/** Folds a stream's events into its row, with what every row has beside its shape. Undefined before its first event. */
export function foldRow(view: Projection, events: StoredEvent[], recorded: Recorded[]): Record<string, unknown> | undefined {
  const doc = foldEvents(view.handlers, undefined, recorded) as Record<string, unknown> | undefined;
  if (!doc) return undefined;
  const kind = kindOfView(view);
  let [removed, erased] = [false, false];
  for (const [index, event] of events.entries()) {
    if (event.type === `${kind}.removed`) removed = true;
    if (event.type === `${kind}.restored`) removed = false;
    if (event.type === `${kind}.erased` || recorded[index]?.erased) erased = true;
  }
  return { ...(cleanTo(view.shape, doc) as object), ...(removed ? { removed } : {}), ...(erased ? { erased } : {}) };
}

const present = (row: Stored) => row.doc.removed !== true && row.doc.gone !== true;

function fieldsOf(where: Where | undefined): string[] {
  if (!where) return [];
  if ('and' in where) return where.and.flatMap(fieldsOf);
  if ('or' in where) return where.or.flatMap(fieldsOf);
  if ('not' in where) return fieldsOf(where.not);
  return [where.field];
}
