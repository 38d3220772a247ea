import { randomUUID } from 'node:crypto';
import type { Key, Stored, Where, Write } from '#engines/read-models';
import { cleanTo, same, type AnyView, type Children, type Projection, type Summary } from '#model';
import type { Engines } from './engines.ts';
import { everything, HOUSE, isSummary, keyOf, MARKS, type Contents } from './storage.ts';
import type { Change } from './applied.ts';

/** A summary to be computed again: of which tenant and key. */
export type Mark = { tenant: string; summary: Summary; key: string };
/** What is to be computed again, each once. */
export type Marks = Map<string, Mark>;
/** Marks as they are kept beside the rows, and the write that does so. */
export type Note = { id: string; writes: Write[] };
type NotedMark = { tenant: string; summary: string; in: string; key: string };
/** By document, what it is to become, what for, and of whose rows it was made. */
type Made = Map<string, { write: Write; mark: Mark; cluster: Cluster }>;
type Cluster = { root: string; members: string[] };

/** Documents of a collection in the order of their ids. */
type Load = (collection: string, ids: string[]) => Promise<(Stored | undefined)[]>;
/** Asked for many marks at once, by collection and key. */
type Ahead = Map<string, Map<string, Stored | undefined>>;
/** Rows by what they refer to. */
type Referring = Map<string, Stored[]>;
type Source = Projection | Children;
const MOST_ROWS = 5_000;
const AT_ONCE = 2_000;
const KEYS_AT_ONCE = 100;
const ROWS_AT_ONCE = 1_000;
const ATTEMPTS = 20;

/**
 * Totals are recomputed from rows, never folded. What a row pointed to before and after its change is marked; for a kind that can be merged the
 * key is the root and the rows are those of all its members.
 */
export class Summaries {
  private readonly all: Summary[];
  private readonly uses = new Map<AnyView, { summary: Summary; ref: string }[]>();
  /** Per mergeable kind the projection whose rows say who was absorbed by whom. */
  private readonly identities = new Map<string, Projection>();
  /** Notes of tries that have not come to their end. */
  private readonly unfinished = new Set<string>();

  constructor(
    private readonly engines: Pick<Engines, 'models'>,
    contents: Contents,
    private readonly storageOf: (view: AnyView) => string,
  ) {
    this.all = contents.views.filter(isSummary);
    for (const summary of this.all)
      for (const { view, ref } of Object.values(summary.from)) this.uses.set(view, [...(this.uses.get(view) ?? []), { summary, ref }]);
    for (const view of contents.views) {
      const kind = identityKind(view);
      if (kind) this.identities.set(kind, view as Projection);
    }
  }

  /** Fields of a view that summaries ask by; each needs an index. */
  refsOf(view: AnyView): string[] {
    return (this.uses.get(view) ?? []).map((use) => use.ref).filter((ref) => ref !== 'id');
  }

  /** Notes in `marks` what is to be computed again when a row of a view becomes another. Each batch has marks of its own: several are under way at once. */
  mark(
    marks: Marks,
    view: Source,
    tenant: string,
    before: Record<string, unknown> | undefined,
    after: Record<string, unknown> | undefined,
  ): void {
    for (const { summary, ref } of this.uses.get(view) ?? [])
      for (const key of new Set([...keysAt(before, ref), ...keysAt(after, ref)])) add(marks, summary, tenant, key);
    const kind = identityKind(view);
    if (!kind) return;
    // Who belongs to whom changed: everything that is summed up by this kind is looked at again, on both sides.
    const people = new Set([before, after].flatMap((doc) => (doc ? [doc.id, doc.mergedInto, ...((doc.members as string[]) ?? [])] : [])));
    const moved = before?.mergedInto !== after?.mergedInto || String(before?.members ?? '') !== String(after?.members ?? '');
    if (moved)
      for (const summary of this.all)
        if (kindOf(summary) === kind) for (const key of people) if (typeof key === 'string') add(marks, summary, tenant, key);
  }

  /** What is to be computed again, to be saved ahead of the rows and kept until that is done: one document for all of it; none where both are saved together. */
  note(marks: Marks): Note {
    const id = randomUUID();
    if (marks.size === 0 || this.engines.models.together) return { id, writes: [] };
    this.unfinished.add(id);
    const doc = {
      marks: [...marks.values()].map(({ tenant, summary, key }) => ({ tenant, summary: summary.name, in: this.storageOf(summary), key })),
    };
    return { id, writes: [{ collection: MARKS, tenant: HOUSE, id, expected: 0, revision: 0, doc }] };
  }

  /** Computes what was noted, and what earlier tries that failed have noted: some of their rows may be there. Then the notes go. */
  async recompute(note: Note, marks: Marks): Promise<Change[]> {
    const changes = await this.compute([...marks.values()]);
    if (note.writes.length > 0) await this.forget(note.id);
    this.unfinished.delete(note.id);
    const left = [...this.unfinished].map((id) => ({ tenant: HOUSE, id }));
    if (left.length > 0)
      for (const found of await this.engines.models.load(MARKS, left)) if (found) changes.push(...(await this.computeNoted(found)));
    this.unfinished.clear();
    return changes;
  }

  /** Computes what a crash has left, whoever noted it for summaries that are kept where they are here. */
  async finish(): Promise<void> {
    if (this.engines.models.together) return;
    let after: Key | undefined;
    do {
      const found: Stored[] = await this.engines.models.scan(MARKS, { tenant: HOUSE, after, limit: 10 });
      for (const one of found) if (marksIn(one).some((mark) => this.isOurs(mark))) await this.computeNoted(one);
      after = found.at(-1);
    } while (after);
  }

  private async computeNoted(note: Stored): Promise<Change[]> {
    const marks = marksIn(note).filter((mark) => this.isOurs(mark));
    const changes = await this.compute(
      marks.map(({ tenant, summary: name, key }) => ({ tenant, key, summary: this.all.find((summary) => summary.name === name)! })),
    );
    await this.forget(note.id);
    return changes;
  }

  private isOurs({ summary: name, in: storage }: NotedMark): boolean {
    const summary = this.all.find((one) => one.name === name);
    return summary !== undefined && this.storageOf(summary) === storage;
  }

  /** A note is written once: whoever finds it gone has been helped. */
  private async forget(id: string): Promise<void> {
    await this.engines.models.save([{ collection: MARKS, tenant: HOUSE, id, expected: 1, revision: 0, doc: null }]);
  }

  /** Computes these anew. */
  async compute(marks: Mark[]): Promise<Change[]> {
    const changes: Change[] = [];
    for (let start = 0; start < marks.length; start += AT_ONCE) {
      let left = marks.slice(start, start + AT_ONCE);
      for (let attempt = 0; left.length > 0; attempt++) {
        if (attempt === ATTEMPTS) throw new Error('other writers were quicker with a summary time after time; it is computed again');
        const made: Made = new Map();
        const ahead = await this.loadAhead(left);
        for (let from = 0; from < left.length; from += KEYS_AT_ONCE) {
          const some = left.slice(from, from + KEYS_AT_ONCE);
          const referring = await this.loadReferring(some);
          for (const mark of some) await this.computeOne(mark, ahead, referring, made, changes);
        }
        const lost = new Set(await this.engines.models.save([...made.values()].map(({ write }) => write)));
        // Whoever comes second computes again, from rows that are newer.
        const again = [...made.values()].flatMap(({ write, mark }) => (lost.has(write) ? [mark] : []));
        left = [...new Set([...again, ...(await this.regrouped(made))])];
      }
    }
    return changes;
  }

  /**
   * What nearly every mark needs: its summary as it is and, after that, the rows under its key. Versions first, rows after: whoever computes later from
   * newer rows wins.
   */
  private async loadAhead(marks: Mark[]): Promise<Ahead> {
    const keys = (of: (summary: Summary) => AnyView[]) => {
      const found = new Map<string, Map<string, Key>>();
      for (const { tenant, key, summary } of marks)
        for (const view of of(summary)) {
          const collection = this.storageOf(view);
          found.set(collection, (found.get(collection) ?? new Map()).set(keyOf({ tenant, id: key }), { tenant, id: key }));
        }
      return found;
    };
    const ahead: Ahead = new Map();
    for (const wanted of [keys((summary) => [summary]), keys((summary) => this.byId(summary))])
      for (const [collection, asked] of wanted) {
        const stored = await this.engines.models.load(collection, [...asked.values()]);
        ahead.set(collection, new Map([...asked.keys()].map((key, at) => [key, stored[at]])));
      }
    return ahead;
  }

  /** The rows that refer to some marks' keys, where that takes fewer questions than asking for each by itself. */
  private async loadReferring(marks: Mark[]): Promise<Referring> {
    const wanted = marks.flatMap(({ tenant, key, summary }) =>
      Object.values(summary.from).flatMap(({ view, ref }) => (ref === 'id' ? [] : [{ tenant, view, ref, key }])),
    );
    const referring: Referring = new Map();
    for (const asked of Map.groupBy(wanted, ({ tenant, view, ref }) => placeOf(tenant, view, ref, '')).values()) {
      const { tenant, view, ref } = asked[0]!;
      const keys = [...new Set(asked.map(({ key }) => key))];
      for (const [key, rows] of await this.rowsUnder(tenant, view, ref, keys)) referring.set(placeOf(tenant, view, ref, key), rows);
    }
    return referring;
  }

  /** The rows under each key, in the order of their ids, a page of them at once; without the keys that alone have more than a page. */
  private async rowsUnder(tenant: string, view: AnyView, ref: string, keys: string[]): Promise<Map<string, Stored[]>> {
    const found = new Map<string, Stored[]>();
    const list = isList(view, ref);
    for (let left = keys; left.length > 1;) {
      const { items, next } = await this.engines.models.query({
        collection: this.storageOf(view),
        tenant,
        where: { field: ref, op: list ? 'hasAny' : 'in', value: left },
        sort: list ? [] : [{ field: ref }],
        limit: ROWS_AT_ONCE,
      });
      const rows = new Map(left.map((key): [string, Stored[]] => [key, []]));
      for (const row of items) for (const key of new Set(keysAt(row.doc, ref))) rows.get(key)?.push(row);
      if (!next) return new Map([...found, ...rows]);
      if (list) return found;
      // They come key by key: only of the last one some may be missing. Text is sorted without its case.
      const last = String(items.at(-1)!.doc[ref]).toLowerCase();
      const [cut, whole] = [
        left.filter((key) => key.toLowerCase() === last),
        left.filter((key) => key.toLowerCase() !== last && rows.get(key)!.length > 0),
      ];
      for (const key of whole) found.set(key, rows.get(key)!);
      const done = new Set(whole.length > 0 ? whole : cut);
      left = left.filter((key) => !done.has(key));
    }
    return found;
  }

  /**
   * Marks whose records were merged or parted while they were computed: whoever did that found no summary yet, or read one too early, and leaves it to
   * this. Where rows and summaries are saved together nobody comes between.
   */
  private async regrouped(made: Made): Promise<Mark[]> {
    if (this.engines.models.together) return [];
    const found: Mark[] = [];
    const kinds = Map.groupBy(made.values(), ({ mark }) => this.identities.get(kindOf(mark.summary)));
    for (const [identity, ofKind] of kinds) {
      if (!identity) continue;
      const load = (keys: Key[]) => this.engines.models.load(this.storageOf(identity), keys);
      const rows = await load(ofKind.map(({ mark: { tenant, key } }) => ({ tenant, id: key })));
      for (const [at, { mark, cluster }] of ofKind.entries()) {
        const own = rows[at]?.doc;
        const now = isGrouped(own)
          ? await clusterOf(mark.key, async (id) => (id === mark.key ? own : (await load([{ tenant: mark.tenant, id }]))[0]?.doc))
          : { root: mark.key, members: [mark.key] };
        if (!same(now, cluster)) found.push(mark);
      }
    }
    return found;
  }

  /** The views whose row under its key a summary needs. */
  private byId(summary: Summary): AnyView[] {
    const identity = this.identities.get(kindOf(summary));
    const shown = Object.values(summary.from).flatMap(({ view, ref }) => (ref === 'id' ? [view] : []));
    return [...new Set<AnyView>(identity ? [identity, ...shown] : shown)];
  }

  private async computeOne(mark: Mark, ahead: Ahead, referring: Referring, made: Made, changes: Change[]): Promise<void> {
    const { tenant, key, summary } = mark;
    const collection = this.storageOf(summary);
    let load: Load = async (from, ids) => ids.map((id) => ahead.get(from)!.get(keyOf({ tenant, id })));
    const identity = this.identities.get(kindOf(summary));
    let cluster: Cluster = { root: key, members: [key] };
    if (identity && isGrouped((await load(this.storageOf(identity), [key]))[0]?.doc)) {
      load = (from, ids) =>
        this.engines.models.load(
          from,
          ids.map((id) => ({ tenant, id })),
        );
      cluster = await clusterOf(key, async (one) => (await load(this.storageOf(identity), [one]))[0]?.doc);
    }
    const { root, members } = cluster;
    const ids = [...new Set([root, key])];
    const stored = await load(collection, ids);
    for (const [index, id] of ids.entries()) {
      const kept = stored[index];
      const name = `${collection}|${tenant}|${id}`;
      if (made.has(name)) continue;
      const { doc, revision } =
        id === root ? await this.documentOf(tenant, summary, root, members, kept, load, referring) : { doc: null, revision: 0 };
      if (doc === null && !kept) continue;
      // What comes out as it was need not be written: so it is with nearly all when rows are built anew.
      if (doc !== null && kept && kept.revision === revision && same(kept.doc, doc)) continue;
      made.set(name, { write: { collection, tenant, id, expected: kept?.version ?? 0, revision, doc }, mark, cluster });
      changes.push({ view: summary.name, tenant, id, revision });
    }
  }

  private async documentOf(
    tenant: string,
    summary: Summary,
    root: string,
    members: string[],
    kept: Stored | undefined,
    load: Load,
    referring: Referring,
  ): Promise<{ doc: Record<string, unknown> | null; revision: number }> {
    try {
      const rows: Record<string, unknown[]> = {};
      // A summary that shows a record is at that record's revision: it is what the next command is sent on. A mere total has none.
      let [revision, erased] = [0, false];
      for (const [name, { view, ref }] of Object.entries(summary.from)) {
        const found = await this.rowsOf(tenant, view, ref, members, load, referring);
        rows[name] = found.map(({ doc }) => doc);
        if (ref === 'id') {
          const own = found.find(({ id }) => id === root);
          revision = own?.revision ?? 0;
          erased ||= own?.doc.erased === true;
        }
      }
      // A total of nothing is none: what was and is no more leaves no trace, and a rebuilt view, which begins with rows, equals the live one.
      if (Object.values(rows).every((list) => list.length === 0)) return { doc: null, revision: 0 };
      const doc = cleanTo(summary.shape, summary.compute(root, rows)) as Record<string, unknown>;
      return { doc: erased ? { ...doc, erased } : doc, revision };
    } catch {
      // It keeps its old value, marked, until its rows can be summed up again.
      return kept ? { doc: { ...kept.doc, waiting: true }, revision: kept.revision } : { doc: null, revision: 0 };
    }
  }

  private async rowsOf(tenant: string, view: AnyView, ref: string, members: string[], load: Load, referring: Referring): Promise<Stored[]> {
    const collection = this.storageOf(view);
    if (ref === 'id') {
      const rows = await load(collection, members);
      const there = rows.flatMap((row) => (row && row.doc.removed !== true && row.doc.gone !== true ? [row] : []));
      // Members stand first by their root: where that is removed, all of it is.
      return there[0]?.id === members[0] ? there : [];
    }
    const known = members.length === 1 ? referring.get(placeOf(tenant, view, ref, members[0]!)) : undefined;
    const where: Where = { or: members.map((value) => ({ field: ref, op: isList(view, ref) ? 'has' : 'eq', value })) };
    const rows = known ?? (await everything(this.engines.models, collection, tenant, where, MOST_ROWS));
    return rows.filter((row) => row.doc.removed !== true && row.doc.gone !== true);
  }
}

/** Follows `mergedInto` to the root, then gathers its members; bounded, for what links say is data. */
export async function clusterOf(id: string, load: (id: string) => Promise<Record<string, unknown> | undefined>): Promise<Cluster> {
  let root = id;
  let doc = await load(root);
  for (let hops = 0; doc?.mergedInto && hops < 50; hops++) {
    root = doc.mergedInto as string;
    doc = await load(root);
  }
  return { root, members: [...new Set([root, ...((doc?.members as string[] | undefined) ?? [])])] };
}

const isGrouped = (doc: Record<string, unknown> | undefined): doc is Record<string, unknown> =>
  doc !== undefined && (Boolean(doc.mergedInto) || ((doc.members as string[] | undefined)?.length ?? 0) > 0);

const marksIn = ({ doc }: Stored) => doc.marks as NotedMark[];

const placeOf = (tenant: string, view: AnyView, ref: string, key: string) => `${tenant}|${view.name}|${ref}|${key}`;

const add = (marks: Marks, summary: Summary, tenant: string, key: string) =>
  void marks.set(`${tenant}\u0000${summary.name}|${key}`, { tenant, summary, key });

/** A projection whose rows carry `mergedInto` and `members` says who is who among its kind. */
function identityKind(view: AnyView): string | undefined {
  if (view.type !== 'projection' || !('mergedInto' in view.shape.properties) || !('members' in view.shape.properties)) return undefined;
  const type = view.handlers[0]!.event.type;
  return type.slice(0, type.lastIndexOf('.'));
}

/** The kind a summary is keyed by: what its `id` refers to. */
export const kindOf = (summary: Summary): string => (summary.shape.properties.id as { ref?: string } | undefined)?.ref ?? '';

export const isList = (view: AnyView, field: string): boolean =>
  (view.shape.properties[field] as { type?: string } | undefined)?.type === 'array';

function keysAt(doc: Record<string, unknown> | undefined, ref: string): string[] {
  const value = doc?.[ref];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
