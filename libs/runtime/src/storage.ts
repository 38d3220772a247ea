import type { CollectionSpec, Key, ReadModels, Stored, Where } from '#engines/read-models';
import type { AnyView, Reaction, Summary } from '#model';

/** What a service shows and plans; the module's table of contents as the runtime needs it. */
export type Contents = {
  service: string;
  views: AnyView[];
  reactions: Reaction[];
  /** Whether events of other services that touch this service's records belong in its journal: so timelines miss nothing. */
  journalOf?: 'own' | 'all';
};

/** Collections of the runtime's own, beside one per view. */
export const CURSORS = 'cursors@1';
export const JOURNAL = 'journal@2';
export const FOREIGN = 'foreign-streams@1';
export const MARKS = 'marks@1';
export const PARKED = 'parked@1';
export const SKIPPED = 'skipped@1';
export const TODOS = 'todos@1';
export const STORAGES = 'storages@1';
export const SWEEPS = 'sweeps@1';
export const PUBLISHED = 'published@1';
export const LEASES = 'leases@1';

/** How far a cursor may stay behind while nothing that is read concerns its reader: passing over it again costs little, a durable write each time much. */
export const FAR = 10_000;

/** A tenant of nobody's: bookkeeping that belongs to the installation. */
export const HOUSE = '_house';

export const RUNTIME_COLLECTIONS: CollectionSpec[] = [
  { name: CURSORS, indexes: [] },
  {
    name: JOURNAL,
    narrow: true,
    indexes: [
      ['record', 'order'],
      ['own', 'order'],
    ],
  },
  { name: FOREIGN, indexes: [['stream', 'revision']] },
  { name: MARKS, indexes: [] },
  { name: PARKED, indexes: [['view'], ['view', 'stream', 'revision']] },
  { name: SKIPPED, indexes: [] },
  { name: TODOS, indexes: [['at']] },
  { name: STORAGES, indexes: [] },
  { name: SWEEPS, indexes: [] },
  { name: PUBLISHED, indexes: [] },
  { name: LEASES, indexes: [] },
];

/** `sales.pipeline-board@1`: a version of a view has a storage of its own. */
export const versionOf = (view: AnyView): string => `${view.name}@${view.how.version}`;

export const isSummary = (view: AnyView): view is Summary => view.type === 'summary';

/** What is known of a view version: which storage is read, and whether it has ever been level and so belongs to the live lane. */
type Kept = { generation?: number; joined?: boolean; switchedAt?: number };

/**
 * Where each view version is kept at present. A rebuild fills a further storage (`…~2`) beside the one that is read, and switches over when
 * it is level.
 */
export class Storages {
  private kept = new Map<string, Kept>();

  constructor(private readonly models: ReadModels) {}

  async refresh(): Promise<void> {
    this.kept = new Map((await this.models.scan(STORAGES, { tenant: HOUSE, limit: 1000 })).map(({ id, doc }) => [id, doc as Kept]));
  }

  of(view: AnyView): string {
    return nameOf(view, this.generation(view));
  }

  next(view: AnyView): { name: string; generation: number } {
    const generation = this.generation(view) + 1;
    return { name: nameOf(view, generation), generation };
  }

  /** Whether a view has been level before: then it is kept level with the others. */
  joined(view: AnyView): boolean {
    return this.kept.get(versionOf(view))?.joined ?? false;
  }

  /** Reads these from another storage from now on. */
  switchTo(views: { view: AnyView; generation: number }[], switchedAt: number): Promise<void> {
    return this.keep(new Map(views.map(({ view, generation }) => [versionOf(view), { generation, joined: true, switchedAt }])));
  }

  /** These are level. */
  join(views: AnyView[]): Promise<void> {
    return this.keep(new Map(views.map((view) => [versionOf(view), { generation: this.generation(view), joined: true }])));
  }

  /** Equal as long as these views are kept where they were, by lanes as they were. */
  fingerprint(views: AnyView[]): string {
    return views.map((view) => `${this.of(view)}${this.joined(view) ? '' : '?'}`).join();
  }

  private generation(view: AnyView): number {
    return this.kept.get(versionOf(view))?.generation ?? 1;
  }

  private async keep(kept: Map<string, Kept>): Promise<void> {
    const keys = [...kept.keys()].map((id) => ({ tenant: HOUSE, id }));
    let lost: unknown[];
    do {
      const stored = await this.models.load(STORAGES, keys);
      lost = await this.models.save(
        keys.map(({ tenant, id }, at) => {
          const doc = { ...stored[at]?.doc, ...kept.get(id) };
          return { collection: STORAGES, tenant, id, expected: stored[at]?.version ?? 0, revision: 0, doc };
        }),
      );
    } while (lost.length > 0);
    for (const [id, one] of kept) this.kept.set(id, one);
  }
}

const nameOf = (view: AnyView, generation: number) => (generation === 1 ? versionOf(view) : `${versionOf(view)}~${generation}`);

/** The collection a view is kept in: its own indexes, and those the runtime asks by. */
export function collectionOf(view: AnyView, name: string, refs: string[]): CollectionSpec {
  const indexes = [...(view.how.indexes ?? []), ...refs.map((ref) => [ref])];
  for (const extra of ['removed', 'gone']) indexes.push([extra]);
  if (view.how.access === 'owner' && !indexes.some((index) => index[0] === 'ownerId')) indexes.push(['ownerId']);
  if (!indexes.some((index) => index[0] === 'id')) indexes.push(['id']);
  const seen = new Set<string>();
  return {
    name,
    indexes: indexes.filter((index) => !seen.has(index.join()) && seen.add(index.join())),
    words: view.how.words ?? [],
    sums: view.how.sums ?? [],
  };
}

/** All documents a query gives, page by page, up to a bound. */
export async function everything(
  models: ReadModels,
  collection: string,
  tenant: string,
  where: Where,
  most: number,
  sort: { field: string; desc?: boolean }[] = [],
): Promise<Stored[]> {
  const found: Stored[] = [];
  let after: string | undefined;
  do {
    const page = await models.query({ collection, tenant, where, sort, limit: Math.min(1000, most - found.length), after });
    found.push(...page.items);
    after = page.next;
  } while (after && found.length < most);
  return found;
}

export const keyOf = ({ tenant, id }: Key) => `${tenant}\u0000${id}`;
