import type { Stored, Where, Write } from '#engines/read-models';
import { cleanTo, type AnyView, type Children, type Projection, type Summary } from '#model';
import type { Engines } from './engines.ts';
import { everything, isSummary, MARKS, type Contents } from './storage.ts';
import type { Change } from './lane.ts';

/** A summary to be computed again: of which tenant and key. */
export type Mark = { tenant: string; id: string; summary: Summary; key: string };

type Source = Projection | Children;
const MOST_ROWS = 5_000;

/**
 * Totals are recomputed from rows, never folded. What a row pointed to before and after its change is marked; for a kind that can be merged the
 * key is the root and the rows are those of all its members.
 */
export class Summaries {
  private readonly all: Summary[];
  private readonly uses = new Map<AnyView, { summary: Summary; ref: string }[]>();
  /** Per mergeable kind the projection whose rows say who was absorbed by whom. */
  private readonly identities = new Map<string, Projection>();
  private marks = new Map<string, Mark>();

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

  mark(view: Source, tenant: string, before: Record<string, unknown> | undefined, after: Record<string, unknown> | undefined): void {
    for (const { summary, ref } of this.uses.get(view) ?? [])
      for (const key of new Set([...keysAt(before, ref), ...keysAt(after, ref)])) this.add(summary, tenant, key);
    const kind = identityKind(view);
    if (!kind) return;
    // Who belongs to whom changed: everything that is summed up by this kind is looked at again, on both sides.
    const people = new Set([before, after].flatMap((doc) => (doc ? [doc.id, doc.mergedInto, ...((doc.members as string[]) ?? [])] : [])));
    const moved = before?.mergedInto !== after?.mergedInto || String(before?.members ?? '') !== String(after?.members ?? '');
    if (moved)
      for (const summary of this.all)
        if (kindOf(summary) === kind) for (const key of people) if (typeof key === 'string') this.add(summary, tenant, key);
  }

  private add(summary: Summary, tenant: string, key: string): void {
    const id = `${summary.name}|${key}`;
    this.marks.set(`${tenant}\u0000${id}`, { tenant, id, summary, key });
  }

  take(): Mark[] {
    const taken = [...this.marks.values()];
    this.marks = new Map();
    return taken;
  }

  /** Marks that a crash left behind. */
  async finish(): Promise<void> {
    for (;;) {
      const left = await this.engines.models.scan(MARKS, { limit: 1000 });
      if (left.length === 0) return;
      const marks = left.flatMap(({ tenant, id }) => {
        const [name, key] = splitMark(id);
        const summary = this.all.find((one) => one.name === name);
        return summary ? [{ tenant, id, summary, key }] : [];
      });
      await this.recompute(marks);
      await this.engines.models.save(
        left.map((mark) => ({ collection: MARKS, tenant: mark.tenant, id: mark.id, expected: mark.version, revision: 0, doc: null })),
      );
    }
  }

  async recompute(marks: Mark[]): Promise<Change[]> {
    const changes: Change[] = [];
    for (let start = 0; start < marks.length; start += 200) {
      const slice = marks.slice(start, start + 200);
      const writes: Write[] = [];
      for (const mark of slice) await this.computeOne(mark, writes, changes);
      const lost = await this.engines.models.save(writes);
      if (lost.length > 0) throw new Error('another writer was quicker with a summary; it is computed again');
      const stored = await this.engines.models.load(
        MARKS,
        slice.map(({ tenant, id }) => ({ tenant, id })),
      );
      await this.engines.models.save(
        stored.flatMap((mark) =>
          mark ? [{ collection: MARKS, tenant: mark.tenant, id: mark.id, expected: mark.version, revision: 0, doc: null }] : [],
        ),
      );
    }
    return changes;
  }

  /** The root of a record and everybody it has absorbed; the record itself where nothing was merged. */
  async cluster(tenant: string, kind: string, id: string): Promise<{ root: string; members: string[] }> {
    const identity = this.identities.get(kind);
    if (!identity) return { root: id, members: [id] };
    return clusterOf(id, async (one) => (await this.engines.models.load(this.storageOf(identity), [{ tenant, id: one }]))[0]?.doc);
  }

  private async computeOne({ tenant, key, summary }: Mark, writes: Write[], changes: Change[]): Promise<void> {
    const { models } = this.engines;
    const collection = this.storageOf(summary);
    const { root, members } = await this.cluster(tenant, kindOf(summary), key);
    const ids = [...new Set([root, key])];
    // Versions first, rows after: whoever computes later from newer rows wins.
    const stored = await models.load(
      collection,
      ids.map((id) => ({ tenant, id })),
    );
    for (const [index, id] of ids.entries()) {
      const kept = stored[index];
      if (writes.some((write) => write.collection === collection && write.tenant === tenant && write.id === id)) continue;
      const doc = id === root ? await this.compute(tenant, summary, root, members, kept) : null;
      if (doc === null && !kept) continue;
      const revision = (kept?.revision ?? 0) + 1;
      writes.push({ collection, tenant, id, expected: kept?.version ?? 0, revision, doc });
      changes.push({ view: summary.name, tenant, id, revision });
    }
  }

  private async compute(
    tenant: string,
    summary: Summary,
    root: string,
    members: string[],
    kept: Stored | undefined,
  ): Promise<Record<string, unknown> | null> {
    try {
      const rows: Record<string, unknown[]> = {};
      for (const [name, { view, ref }] of Object.entries(summary.from)) rows[name] = await this.rowsOf(tenant, view, ref, members);
      // A total of nothing is none: what was and is no more leaves no trace, and a rebuilt view, which begins with rows, equals the live one.
      if (Object.values(rows).every((list) => list.length === 0)) return null;
      const doc = summary.compute(root, rows) as Record<string, unknown>;
      return cleanTo(summary.shape, doc) as Record<string, unknown>;
    } catch {
      // It keeps its old value, marked, until its rows can be summed up again.
      return kept ? { ...kept.doc, waiting: true } : null;
    }
  }

  private async rowsOf(tenant: string, view: AnyView, ref: string, members: string[]): Promise<unknown[]> {
    const { models } = this.engines;
    const collection = this.storageOf(view);
    if (ref === 'id') {
      const rows = await models.load(
        collection,
        members.map((id) => ({ tenant, id })),
      );
      return rows.flatMap((row) => (row && row.doc.removed !== true && row.doc.gone !== true ? [row.doc] : []));
    }
    const where: Where = { or: members.map((value) => ({ field: ref, op: isList(view, ref) ? 'has' : 'eq', value })) };
    const rows = await everything(models, collection, tenant, where, MOST_ROWS);
    return rows.flatMap((row) => (row.doc.removed !== true && row.doc.gone !== true ? [row.doc] : []));
  }
}

/** Follows `mergedInto` to the root, then gathers its members; bounded, for what links say is data. */
export async function clusterOf(
  id: string,
  load: (id: string) => Promise<Record<string, unknown> | undefined>,
): Promise<{ root: string; members: string[] }> {
  let root = id;
  let doc = await load(root);
  for (let hops = 0; doc?.mergedInto && hops < 50; hops++) {
    root = doc.mergedInto as string;
    doc = await load(root);
  }
  return { root, members: [...new Set([root, ...((doc?.members as string[] | undefined) ?? [])])] };
}

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

const splitMark = (id: string): [string, string] => {
  const at = id.indexOf('|');
  return [id.slice(0, at), id.slice(at + 1)];
};
