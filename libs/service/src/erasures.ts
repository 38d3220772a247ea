import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID } from 'class-validator';
import { HOLDERS, SweepData } from '#events/erasure';
import { Answer, canonical, Day, Flag, Id, Instant, List, Struct, Text, type Decider, type Projection, type Static } from '#model';
import { context, inContext, KEYS_ARE_GONE, notFound, validateForm, type RequestContext } from '#runtime';
import { RUNNING, SERVICE, type Running } from './tokens.ts';

/** `confirm`: the ids of everybody merged with the record, who are erased with it. */
export class EraseForm {
  @IsOptional() @IsArray() @ArrayMaxSize(1000) @IsUUID(undefined, { each: true }) confirm?: string[];
}

/** The vault's note of how many days its back-ups are kept. */
export const BACKUP_DAYS = 'backup-days';
export const DEFAULT_BACKUP_DAYS = 30;
const DAY = 24 * 3600 * 1000;

/** Who was erased together, and where the certificate grows. */
export const ErasureAnswer = Answer('Erasure', { id: Id, people: List(Text), erasedAt: Instant, certificate: Text });
/** What can be shown of an erasure; `sha256` is over all the rest, in canonical JSON. */
export const Certificate = Answer('ErasureCertificate', {
  record: Text,
  erasedAt: Instant,
  complete: Flag,
  method: Text,
  remains: Text,
  /** Until then a back-up of the vault may hold the key: whoever restores it must let it destroy the key again. */
  keyBackups: Struct({ expireOn: Day, restored: Text }),
  sweeps: List(Struct({ service: Text, ...SweepData.properties })),
  sha256: Text,
});

/** A first pass over every service here that holds a grant. */
export async function sweepAll(all: ReadonlyMap<string, Running>, tenant: string, person: string): Promise<void> {
  for (const running of all.values()) await sweep(running, tenant, person, 'first');
}

/** Folds again, in one service, what names a person whose key is gone, and records that it did. A service without a grant keeps nothing to sweep. */
async function sweep({ runtime, operations }: Running, tenant: string, person: string, pass: 'first' | 'second'): Promise<void> {
  if (!isHolder(runtime.service)) return;
  runtime.streams.forget();
  const swept = await operations.sweep(tenant, person);
  await runtime.erasure.recordSweep(swept, pass, storesOf(swept.scrubbed));
}

/**
 * What a service still owes after erasures: a first pass where a crash came between, a second once no cached key can live. To be called every few
 * seconds; `settled` remembers whom it need not look at again.
 */
export async function sweepDue(running: Running, asSystem: (tenant: string) => RequestContext, settled: Set<string>): Promise<void> {
  const { runtime } = running;
  if (!isHolder(runtime.service)) return;
  const { vault, clock } = runtime.engines;
  for (let after = 0, more = true; more;) {
    const tombstones = await vault.tombstones(after, 100);
    for (const { seq, tenant, person, destroyedAt } of tombstones) {
      after = seq;
      if (settled.has(`${tenant}/${person}`)) continue;
      const own = (await runtime.erasure.sweeps(tenant, person)).filter((one) => one.service === runtime.service).map((one) => one.pass);
      const due = !own.includes('first')
        ? 'first'
        : !own.includes('second') && clock() - Date.parse(destroyedAt) > KEYS_ARE_GONE
          ? 'second'
          : undefined;
      if (due) await inContext(asSystem(tenant), () => sweep(running, tenant, person, due));
      if (own.includes('second') || due === 'second') settled.add(`${tenant}/${person}`);
    }
    more = tombstones.length === 100;
  }
}

const isHolder = (service: string) => (HOLDERS as readonly string[]).includes(service);

const storesOf = (scrubbed: string) => [
  { store: 'event log', how: 'ciphertext without a key' },
  { store: 'read models', how: `rows folded again without the person; ${scrubbed}` },
  { store: 'memory', how: 'keys and states dropped; none is kept longer than 60 seconds' },
];

/** Erasure of people as controllers offer it: the act, and the certificate that grows as the sweeps report. */
@Injectable()
export class Erasures {
  constructor(
    @Inject(SERVICE) private readonly service: Running,
    @Inject(RUNNING) private readonly all: ReadonlyMap<string, Running>,
  ) {}

  /** @throws Problem 403, 404; 409 `confirmation-needed` naming the members */
  async erase(of: Decider<any, any>, identity: Projection, id: string, body: unknown): Promise<Static<typeof ErasureAnswer>> {
    const { runtime } = this.service;
    const { confirm = [] } = validateForm(EraseForm, body ?? {});
    const { root, members } = await runtime.views.cluster(identity, id);
    const erased = await runtime.erasure.erase(of, root, members, confirm);
    for (const person of erased.people) await sweepAll(this.all, context().tenant, person);
    return { ...erased, certificate: `${of.kind}/${root}/erasure` };
  }

  /** What can be shown of an erasure so far; complete once every service has swept twice. @throws Problem 404 */
  async certificate(of: Decider<any, any>, id: string): Promise<Static<typeof Certificate>> {
    const { runtime } = this.service;
    const record = `${of.kind}/${id}`;
    const erasedAt = (await runtime.views.mayRead(record)) ? await runtime.erasure.erasedAt(of.kind, id) : undefined;
    if (!erasedAt) throw notFound();
    const sweeps = await runtime.erasure.sweeps(context().tenant, record);
    const certificate = {
      record,
      erasedAt,
      complete: HOLDERS.every((service) => sweeps.some((sweep) => sweep.service === service && sweep.pass === 'second')),
      method:
        'The key of the person was destroyed and a tombstone forbids making it again; what was written under it cannot be read by anybody. Every view that named the person was built again without it.',
      remains: 'Fingerprints of unique values (HMAC under the tenant’s key) stay in the log; they cannot be turned back into the values.',
      keyBackups: {
        expireOn: new Date(Date.parse(erasedAt) + (await this.keptDays()) * DAY).toISOString().slice(0, 10),
        restored: 'A vault restored from a back-up destroys again, before anything is served, every key whose erasure stands in a log.',
      },
      sweeps,
    };
    return { ...certificate, sha256: createHash('sha256').update(canonical(certificate)).digest('hex') };
  }

  /** How long back-ups of the vault are kept, as the installation says. */
  private async keptDays(): Promise<number> {
    const { [BACKUP_DAYS]: days } = await this.service.runtime.engines.vault.notes(BACKUP_DAYS);
    return Number(days ?? DEFAULT_BACKUP_DAYS);
  }
}
