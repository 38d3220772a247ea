import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID } from 'class-validator';
import { canonical, type Decider, type Projection } from '#model';
import { context, notFound, validateForm, type Erased } from '#runtime';
import { RUNNING, SERVICE, type Running } from './tokens.ts';

/** `confirm`: the ids of everybody merged with the record, who are erased with it. */
export class EraseForm {
  @IsOptional() @IsArray() @ArrayMaxSize(1000) @IsUUID(undefined, { each: true }) confirm?: string[];
}

/** One pass over every service here that may read the person: each folds again what named them, and records that it did. */
export async function sweepAll(all: ReadonlyMap<string, Running>, tenant: string, person: string, pass: 'first' | 'second'): Promise<void> {
  for (const { runtime, operations } of all.values()) {
    runtime.streams.forget();
    const swept = await operations.sweep(tenant, person);
    await runtime.erasure.recordSweep(swept, pass, storesOf(swept.scrubbed));
  }
}

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
  async erase(of: Decider<any, any>, identity: Projection, id: string, body: unknown): Promise<Erased & { certificate: string }> {
    const { runtime } = this.service;
    const { confirm = [] } = validateForm(EraseForm, body ?? {});
    const { root, members } = await runtime.views.cluster(identity, id);
    const erased = await runtime.erasure.erase(of, root, members, confirm);
    for (const person of erased.people) await sweepAll(this.all, context().tenant, person, 'first');
    return { ...erased, certificate: `${of.kind}/${root}/erasure` };
  }

  /** What can be shown of an erasure so far; complete once every service has swept twice. @throws Problem 404 */
  async certificate(of: Decider<any, any>, id: string): Promise<Record<string, unknown>> {
    const { runtime } = this.service;
    const evidence = await runtime.erasure.evidence(of.kind, id);
    if (!evidence) throw notFound();
    const complete = evidence.sweeps.some((sweep) => sweep.pass === 'second');
    const certificate = {
      record: `${of.kind}/${id}`,
      erasedAt: evidence.erasedAt,
      complete,
      method:
        'The key of the person was destroyed and a tombstone forbids making it again; what was written under it cannot be read by anybody. Every view that named the person was built again without it.',
      remains: 'Fingerprints of unique values (HMAC under the tenant’s key) stay in the log; they cannot be turned back into the values.',
      keyBackups:
        'A vault restored from a back-up applies all tombstones again before it opens; the last copy of the key expires with the oldest back-up of the vault.',
      sweeps: evidence.sweeps,
    };
    return { ...certificate, sha256: createHash('sha256').update(canonical(certificate)).digest('hex') };
  }
}
