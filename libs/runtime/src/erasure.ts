import { createHash } from 'node:crypto';
import type { EventStore } from '#engines/event-store';
import type { Vault } from '#engines/vault';
import { sweptEvent, type SweepData } from '#events/erasure';
import { canonical, type Decider, type StoredEvent } from '#model';
import { aboutOf } from './about.ts';
import { context } from './context.ts';
import { Draft } from './draft.ts';
import type { Engines } from './engines.ts';
import { notFound, Problem } from './problem.ts';
import type { Swept } from './sweep.ts';
import { visible } from './access.ts';
import { streamOf, type Streams } from './streams.ts';

/** When no key fetched before an erasure can still be cached anywhere: 60 s, and 5 to be sure. */
export const KEYS_ARE_GONE = 65_000;

/** One service's pass over what named an erased person. */
export type Sweep = SweepData & { service: string };

export type Erased = { id: string; people: string[]; erasedAt: string };

/**
 * Erasing: the key is destroyed and a tombstone left before the fact is recorded; a crash in between is finished by asking again. Everybody of a
 * merged cluster goes together.
 */
export class Erasure {
  constructor(
    private readonly engines: Engines,
    private readonly streams: Streams,
  ) {}

  /** @throws Problem 404, 403; 409 `confirmation-needed` when others were merged into the record and `confirm` does not name them all */
  async erase(of: Decider<any, any>, id: string, members: string[], confirm: string[]): Promise<Erased> {
    const ctx = context();
    const reach = ctx.permissions.may('erase', of.kind);
    const first = await this.streams.load(of, ctx.tenant, id);
    if (first.revision === 0 || !visible(ctx.permissions, of, first)) throw notFound();
    if (!reach) throw new Problem(403, 'forbidden', 'You may not erase this.', { rule: ctx.permissions.why('erase', of.kind) });
    const others = members.filter((member) => member !== id);
    if (others.some((member) => !confirm.includes(member)))
      throw new Problem(409, 'confirmation-needed', 'Others were merged with this record and are erased with it; name them in "confirm".', {
        members: others,
      });
    const people = members.map((member) => streamOf(of.kind, member));
    const at = new Date(this.engines.clock()).toISOString();
    const [erasedAt] = await this.engines.vault.destroy(ctx.tenant, people, at);
    for (const member of members) await this.record(of, member);
    for (const person of people) this.engines.sealer.forget(ctx.tenant, person);
    this.streams.forget();
    return { id, people, erasedAt: erasedAt ?? at };
  }

  /** Writes down what a sweep found: in a stream of the person's erasure in this service's log, and beside the keys, where the certificate looks. */
  async recordSweep(swept: Swept, pass: 'first' | 'second', stores: { store: string; how: string }[]): Promise<void> {
    const ctx = context();
    const event = sweptEvent(this.engines.log.log);
    const stream = `${this.engines.log.log}.erasure/${createHash('sha256').update(`${swept.tenant}|${swept.person}`).digest('hex').slice(0, 32)}`;
    const tail = (await this.engines.log.read(swept.tenant, stream)).at(-1);
    const at = new Date(this.engines.clock()).toISOString();
    const sweep: SweepData = { person: swept.person, pass, streams: swept.streams, rows: swept.rows, stores, at };
    const draft = new Draft(this.engines, { ...ctx, tenant: swept.tenant }, hash({ swept, pass }), at);
    const append = draft.addInternal(
      event,
      stream,
      { revision: tail?.revision ?? 0, hash: tail?.hash ?? '', recordedAt: tail?.recordedAt ?? '' },
      sweep,
      [stream, swept.person],
    );
    await this.engines.log.append([append]);
    await this.engines.vault.note(`${sweepsOf(swept.tenant, swept.person)}${this.engines.log.log}/${pass}`, JSON.stringify(sweep));
  }

  /** Every sweep that any service has reported of a person, first passes before second ones. */
  async sweeps(tenant: string, person: string): Promise<Sweep[]> {
    const prefix = sweepsOf(tenant, person);
    const notes = Object.entries(await this.engines.vault.notes(prefix));
    return notes
      .map(([name, value]) => ({ service: name.slice(prefix.length).split('/')[0]!, ...(JSON.parse(value) as SweepData) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  private async record(of: Decider<any, any>, id: string): Promise<void> {
    const ctx = context();
    for (let attempt = 0; attempt < 20; attempt++) {
      this.streams.forget(ctx.tenant, streamOf(of.kind, id));
      const loaded = await this.streams.load(of, ctx.tenant, id);
      if (loaded.revision === 0 || loaded.erased) return;
      const draft = new Draft(
        this.engines,
        { ...ctx, commandId: `${ctx.commandId}/${id}` },
        hash({ erase: id }),
        new Date(this.engines.clock()).toISOString(),
      );
      const { append } = await draft.add(of, id, loaded, [{ type: of.how.lifecycle.erased, data: {} }], aboutOf);
      try {
        await this.engines.log.append([append!]);
        return;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'WrongRevision') throw error;
      }
    }
  }

  /** When the record was erased; undefined when it was not. */
  async erasedAt(kind: string, id: string): Promise<string | undefined> {
    const events = await this.engines.log.read(context().tenant, streamOf(kind, id));
    return events.find((event) => event.type === `${kind}.erased`)?.recordedAt;
  }
}

/**
 * Destroys again what a log says was erased and this vault does not know of: a vault restored from a back-up forgets no erasure. To be called before
 * anything is read. How far the log was looked through is written down in the vault itself, so that a restored one is behind by just what it missed.
 *
 * A part of the log that cannot be read keeps nobody from the rest: it is told, and everything after the last mark is looked through again at the next start.
 *
 * @param kinds of the log's records
 * @returns how many keys were destroyed
 */
export async function reapplyErasures(
  log: EventStore,
  vault: Vault,
  kinds: string[],
  alert: (message: string, about: Record<string, string>) => void,
): Promise<number> {
  const name = `applied/${log.log}`;
  const head = await log.head();
  let after = Number((await vault.notes(name))[name] ?? 0);
  if (after >= head) return 0;
  let destroyed = 0;
  for (let more = true; more;) {
    const events = await readErased(log, after, kinds);
    if (events instanceof Error) {
      alert('erasures could not be looked through: the log is damaged', { log: log.log, after: String(after) });
      return destroyed;
    }
    for (const { tenant, stream, recordedAt, position } of events) {
      after = position;
      const [key] = await vault.keys(tenant, [stream]);
      if (key === 'erased') continue;
      await vault.destroy(tenant, [stream], recordedAt);
      destroyed++;
    }
    more = events.length === 1000;
  }
  await vault.note(name, String(head));
  return destroyed;
}

async function readErased(log: EventStore, after: number, kinds: string[]): Promise<StoredEvent[] | Error> {
  try {
    return await log.readLog(after, 1000, { types: kinds.map((kind) => `${kind}.erased`) });
  } catch (error) {
    if (error instanceof Error && error.name === 'DamagedLog') return error;
    throw error;
  }
}

/** What services note of their sweeps of a person begins so. */
export const sweepsOf = (tenant: string, person: string) => `sweep/${tenant}/${person}/`;
const hash = (value: unknown) => createHash('sha256').update(canonical(value)).digest('base64url');
