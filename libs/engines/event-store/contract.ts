import fc from 'fast-check';
import { hashOf, type StoredEvent } from '#model';
import { APPEND_LIMIT, DamagedLog, EVENT_LIMIT, TooLarge, WrongRevision, type EventStore, type LogBatch } from './port.ts';
import { sampleEvents } from './samples.ts';

/** A fresh, empty log, and what the suite needs besides the port. */
export type LogUnderTest = {
  store: EventStore;
  /** Closes the store and opens the same log again; `store` is the old one. */
  reopen(): Promise<EventStore>;
  /** Alters, behind the store's back, what is kept of an event; null removes it. */
  tamper?(at: { tenant: string; stream: string; revision: number }, change: ((body: string) => string) | null): Promise<void>;
  close(): Promise<void>;
};

const [TENANT, OTHER] = ['acme', 'globex'];
const DESKS = 'sales.opportunity/desks';

/**
 * What every event store promises, whichever engine it stands on; skipped by name where there is no engine. `tampers`: false where nobody can alter what
 * the engine keeps.
 */
export function eventStoreContract(name: string, make: (() => Promise<LogUnderTest>) | undefined, { tampers = true } = {}) {
  (make ? describe : describe.skip)(`event store: ${name}`, () => {
    let log: LogUnderTest;
    let store: EventStore;
    let samples: ReturnType<typeof sampleEvents>;
    beforeEach(async () => {
      log = await make!();
      store = log.store;
      samples = sampleEvents();
    });
    afterEach(() => log.close());

    const revisions = (events: StoredEvent[]) => events.map(({ revision }) => revision);

    describe('appending', () => {
      it('keeps events as they were given, in order, and says where', async () => {
        const append = samples.next(TENANT, DESKS, 3);
        const { position, positions } = await store.append([append]);
        expect(positions).toHaveLength(3);
        expect(position).toBe(positions[2]);
        expect(await store.read(TENANT, DESKS)).toEqual(append.events.map((event, i) => ({ ...event, position: positions[i] })));
        expect(await store.head()).toBe(position);
      });

      it('refuses another revision than the last, and says which is', async () => {
        await store.append([samples.next(TENANT, DESKS, 2)]);
        samples.rewind(TENANT, DESKS);
        const failed = store.append([samples.next(TENANT, DESKS)]);
        await expect(failed).rejects.toBeInstanceOf(WrongRevision);
        await expect(failed).rejects.toMatchObject({ name: 'WrongRevision', tenant: TENANT, stream: DESKS, expected: 0, actual: 2 });
        expect(revisions(await store.read(TENANT, DESKS))).toEqual([1, 2]);
      });

      it('refuses a revision not yet reached', async () => {
        samples.next(TENANT, DESKS);
        await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject({ expected: 1, actual: 0 });
      });

      it('writes several streams all or nothing', async () => {
        const [first, second] = [samples.next(TENANT, 'sales.opportunity/a', 2), samples.next(TENANT, 'sales.opportunity/b')];
        await store.append([first, second]);
        const stale = { ...second, events: second.events };
        await expect(store.append([samples.next(TENANT, 'sales.opportunity/a'), stale])).rejects.toBeInstanceOf(WrongRevision);
        expect(revisions(await store.read(TENANT, 'sales.opportunity/a'))).toEqual([1, 2]);
        expect(revisions(await store.read(TENANT, 'sales.opportunity/b'))).toEqual([1]);
      });

      it('lets a conflict fail only its own among appends that arrive together', async () => {
        await store.append([samples.next(TENANT, DESKS)]);
        samples.rewind(TENANT, DESKS);
        const stale = samples.next(TENANT, DESKS);
        const others = Array.from({ length: 20 }, (_, i) => samples.next(TENANT, `sales.opportunity/${i}`));
        const results = await Promise.allSettled(
          [...others.slice(0, 10), stale, ...others.slice(10)].map((append) => store.append([append])),
        );
        expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
        expect(results[10]!.status).toBe('rejected');
        expect((await store.readLog(0, 100)).length).toBe(21);
      });

      it('lets exactly one of many writers of the same revision win', async () => {
        for (let round = 0; round < 10; round++) {
          const rivals = Array.from({ length: 16 }, (_, i) => {
            const own = sampleEvents(`${round}-${i}`);
            return own.next(TENANT, `sales.opportunity/${round}`);
          });
          const results = await Promise.allSettled(
            rivals.map((append, i) => store.append([append], { lane: i % 2 ? 'bulk' : 'interactive' })),
          );
          const winners = rivals.filter((_, i) => results[i]!.status === 'fulfilled');
          expect(winners).toHaveLength(1);
          expect(await store.read(TENANT, `sales.opportunity/${round}`)).toMatchObject(winners[0]!.events);
        }
      });

      it('takes an event just within the limit, and none beyond', async () => {
        const overhead = JSON.stringify(samples.next(TENANT, DESKS).events[0]).length - 'Ten desks'.length;
        samples.rewind(TENANT, DESKS);
        await store.append([samples.next(TENANT, DESKS, 1, 'x'.repeat(EVENT_LIMIT - overhead - 10))]);
        const failed = store.append([samples.next(TENANT, DESKS, 1, 'x'.repeat(EVENT_LIMIT))]);
        await expect(failed).rejects.toBeInstanceOf(TooLarge);
        await expect(failed).rejects.toMatchObject({ limit: EVENT_LIMIT });
        const together = store.append([samples.next(TENANT, 'sales.opportunity/b', 3, 'é'.repeat(200_000))]);
        await expect(together).rejects.toMatchObject({ name: 'TooLarge', limit: APPEND_LIMIT });
        expect((await store.readLog(0, 100)).length).toBe(1);
      });

      it('takes a stream twice in one append, the second on the first', async () => {
        const [first, second] = [samples.next(TENANT, DESKS, 2), samples.next(TENANT, DESKS)];
        const between = samples.next(TENANT, 'sales.opportunity/b');
        const { positions } = await store.append([first, between, second]);
        expect((await store.read(TENANT, DESKS)).map(({ position }) => position)).toEqual([positions[0], positions[1], positions[3]]);
        const skipping = { ...samples.next(TENANT, DESKS), expected: 3 };
        samples.rewind(TENANT, 'sales.opportunity/b');
        const conflict = samples.next(TENANT, 'sales.opportunity/b');
        await expect(store.append([skipping, conflict])).rejects.toMatchObject({ stream: 'sales.opportunity/b', expected: 0, actual: 1 });
        expect(revisions(await store.read(TENANT, DESKS))).toEqual([1, 2, 3]);
      });

      it('takes appends that follow on each other before the first is answered', async () => {
        const appends = Array.from({ length: 30 }, (_, i) => store.append([samples.next(TENANT, DESKS, 1 + (i % 3))]));
        const positions = (await Promise.all(appends)).flatMap((appended) => appended.positions);
        expect((await store.read(TENANT, DESKS)).map(({ position }) => position)).toEqual(positions);
      });

      it('takes many large appends together', async () => {
        const note = 'x'.repeat(APPEND_LIMIT / 3);
        const appends = Array.from({ length: 40 }, (_, i) => store.append([samples.next(TENANT, `sales.opportunity/${i}`, 2, note)]));
        expect(new Set((await Promise.all(appends)).flatMap(({ positions }) => positions)).size).toBe(80);
        expect(revisions(await store.read(TENANT, 'sales.opportunity/39'))).toEqual([1, 2]);
      });

      it('refuses appends once it is closed', async () => {
        await store.close();
        await expect(store.append([samples.next(TENANT, DESKS)])).rejects.toMatchObject({ name: 'StoreUnavailable' });
      });

      it('keeps text of every script, and characters that end strings elsewhere', async () => {
        const note = 'Łukasz \u0000 \u202e שלום 🙂 \ud800 "\\';
        await store.append([samples.next(TENANT, DESKS, 1, note)]);
        expect((await store.read(TENANT, DESKS))[0]!.data['note']).toBe(note);
      });

      it('keeps tenants apart, also in streams of the same name', async () => {
        await store.append([samples.next(TENANT, DESKS, 2), samples.next(OTHER, DESKS)]);
        expect(revisions(await store.read(TENANT, DESKS))).toEqual([1, 2]);
        expect(await store.read(OTHER, DESKS)).toMatchObject([{ tenant: OTHER, revision: 1 }]);
        expect(await store.readLog(0, 10, { tenant: OTHER })).toHaveLength(1);
      });
    });

    describe('reading', () => {
      it('gives nothing of a stream that does not exist', async () => {
        expect(await store.read(TENANT, DESKS)).toEqual([]);
        expect(await store.head()).toBe(0);
      });

      it('gives a stream from a revision on', async () => {
        await store.append([samples.next(TENANT, DESKS, 5)]);
        expect(revisions(await store.read(TENANT, DESKS, 4))).toEqual([4, 5]);
        expect(await store.read(TENANT, DESKS, 6)).toEqual([]);
        expect(await store.read(TENANT, DESKS, 9)).toEqual([]);
      });

      it('gives several streams in the order asked', async () => {
        await store.append([samples.next(TENANT, 'sales.opportunity/a', 2), samples.next(TENANT, 'sales.opportunity/b', 1)]);
        const read = await store.readMany(['b', 'none', 'a', 'b'].map((id) => ({ tenant: TENANT, stream: `sales.opportunity/${id}` })));
        expect(read.map(revisions)).toEqual([[1], [], [1, 2], [1]]);
      });

      it('pages through the log in position order, by tenant and type', async () => {
        for (let i = 0; i < 10; i++) await store.append([samples.next(i % 3 ? TENANT : OTHER, `sales.opportunity/${i}`, 3)]);
        const whole = await store.readLog(0, 1000);
        expect(whole).toHaveLength(30);
        const paged: StoredEvent[] = [];
        for (let page; (page = await store.readLog(paged.at(-1)?.position ?? 0, 7)).length > 0;) paged.push(...page);
        expect(paged).toEqual(whole);
        const ascending = [...whole].sort((a, b) => a.position - b.position);
        expect(whole).toEqual(ascending);
        const noted = whole.filter(({ tenant, type }) => tenant === TENANT && type === 'sales.opportunity.noted');
        expect(await store.readLog(0, 1000, { tenant: TENANT, types: ['sales.opportunity.noted'] })).toEqual(noted);
        expect(await store.readLog(noted[1]!.position, 3, { tenant: TENANT, types: ['sales.opportunity.noted', 'none'] })).toEqual(
          noted.slice(2, 5),
        );
        expect(await store.readLog(0, 1000, { types: [] })).toEqual([]);
        expect(await store.readLog(0, 1000, { tenant: 'none' })).toEqual([]);
        const others = whole.filter(({ tenant }) => tenant === OTHER);
        const stepped: StoredEvent[] = [];
        for (let page; (page = await store.readLog(stepped.at(-1)?.position ?? 0, 2, { tenant: OTHER })).length > 0;) stepped.push(...page);
        expect(stepped).toEqual(others);
      });

      it('pages through large events to the last', async () => {
        const note = 'x'.repeat(APPEND_LIMIT / 3);
        for (let i = 0; i < 30; i++) await store.append([samples.next(TENANT, DESKS, 2, note)]);
        const paged: number[] = [];
        for (let page; (page = await store.readLog(paged.at(-1) ?? 0, 1000)).length > 0;)
          paged.push(...page.map(({ position }) => position));
        expect(paged).toHaveLength(60);
        expect(await store.readLog(0, 1000, { tenant: TENANT })).toHaveLength(60);
      });

      it('passes over events of other kinds, if at all, without losing one of those that are wanted', async () => {
        for (let i = 0; i < 4; i++)
          await store.append([samples.next(TENANT, `sales.opportunity/${i}`, 2), samples.next(TENANT, `sales.product/${i}`, 1)]);
        const found = await store.readLog(1, 1000, { kinds: ['sales.product', 'none'] });
        const wanted = (await store.readLog(0, 1000)).filter(({ stream }) => stream.startsWith('sales.product/'));
        expect(found.filter(({ stream }) => stream.startsWith('sales.product/'))).toEqual(wanted);
      });

      it('gives events by position and leaves out what is not there', async () => {
        const { positions } = await store.append([samples.next(TENANT, DESKS, 3)]);
        const [first, , third] = positions;
        expect(revisions(await store.readAt([third!, 2 ** 52, first!]))).toEqual([3, 1]);
      });

      it('keeps everything over closing and opening', async () => {
        await store.append([samples.next(TENANT, DESKS, 3)]);
        const before = await store.readLog(0, 10);
        const again = await log.reopen();
        expect(await again.readLog(0, 10)).toEqual(before);
        const { position } = await again.append([samples.next(TENANT, DESKS)]);
        expect(position).toBeGreaterThan(before.at(-1)!.position);
        expect(revisions(await again.read(TENANT, DESKS))).toEqual([1, 2, 3, 4]);
      });
    });

    (tampers ? describe : describe.skip)('damage', () => {
      const at = (revision: number) => ({ tenant: TENANT, stream: DESKS, revision });
      beforeEach(async () => {
        await store.append([samples.next(TENANT, DESKS, 5), samples.next(TENANT, 'sales.opportunity/whole', 2)]);
      });

      it('finds an altered event', async () => {
        await log.tamper!(at(3), (body) => body.replace('Ten desks', 'Two desks'));
        await expect(store.read(TENANT, DESKS)).rejects.toBeInstanceOf(DamagedLog);
        await expect(store.read(TENANT, DESKS, 3)).rejects.toMatchObject({ finding: { revision: 3, fault: 'hash' } });
        await expect(store.readMany([at(1)])).rejects.toBeInstanceOf(DamagedLog);
        expect(await store.verify()).toMatchObject([{ tenant: TENANT, stream: DESKS, revision: 3, fault: 'hash' }]);
      });

      it('finds a missing event', async () => {
        await log.tamper!(at(3), null);
        await expect(store.read(TENANT, DESKS)).rejects.toMatchObject({ finding: { revision: 3, fault: 'gap' } });
        await expect(store.read(TENANT, DESKS, 4)).rejects.toMatchObject({ finding: { fault: 'gap' } });
        expect(await store.verify()).toContainEqual(expect.objectContaining({ ...at(3), fault: 'gap' }));
      });

      it('finds an event that cannot be read', async () => {
        await log.tamper!(at(2), (body) => body.slice(0, -10));
        await expect(store.read(TENANT, DESKS)).rejects.toBeInstanceOf(DamagedLog);
        await expect(store.readLog(0, 10)).rejects.toBeInstanceOf(DamagedLog);
        expect(await store.verify()).toMatchObject([{ ...at(2), fault: 'unreadable' }]);
      });

      it('finds an event that was recorded before the one it follows', async () => {
        const late = sampleEvents('late').next(TENANT, 'sales.opportunity/late', 2);
        const [first, second] = late.events;
        const body = { ...second!, recordedAt: '2020-01-01T00:00:00.000Z' };
        await store.append([{ ...late, events: [first!, { ...body, hash: hashOf(body, first!.hash) }] }]);
        expect(await store.verify()).toMatchObject([{ stream: 'sales.opportunity/late', revision: 2, fault: 'order' }]);
      });

      it('serves what is whole, and finds nothing in a whole log', async () => {
        expect(await store.verify()).toEqual([]);
        await log.tamper!(at(3), null);
        expect(revisions(await store.read(TENANT, 'sales.opportunity/whole'))).toEqual([1, 2]);
      });
    });

    describe('following', () => {
      const follow = (after: number, signal: AbortSignal, batch?: number) =>
        store.subscribe(after, { signal, batch })[Symbol.asyncIterator]();
      const value = async (batches: AsyncIterator<LogBatch>) => (await batches.next()).value as LogBatch;

      it('gives what is stored, then caughtUp in its place, then what comes', async () => {
        const stop = new AbortController();
        await store.append([samples.next(TENANT, DESKS, 5)]);
        const [, second] = await store.readLog(0, 2);
        const batches = follow(second!.position, stop.signal, 2);
        expect(revisions(((await value(batches)) as { events: StoredEvent[] }).events)).toEqual([3, 4]);
        expect(revisions(((await value(batches)) as { events: StoredEvent[] }).events)).toEqual([5]);
        expect(await value(batches)).toEqual({ caughtUp: true, position: await store.head() });
        const next = value(batches);
        await store.append([samples.next(TENANT, DESKS)]);
        expect(await next).toMatchObject({ events: [{ revision: 6 }] });
        expect(await value(batches)).toMatchObject({ caughtUp: true });
        stop.abort();
        expect((await batches.next()).done).toBe(true);
      });

      it('ends while it waits', async () => {
        const stop = new AbortController();
        const batches = follow(0, stop.signal);
        expect(await value(batches)).toEqual({ caughtUp: true, position: 0 });
        const ended = batches.next();
        stop.abort();
        expect((await ended).done).toBe(true);
      });

      it('neither misses nor repeats an event while others append', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 40 }),
            fc.integer({ min: 1, max: 7 }),
            async (steps, batch) => {
              const stop = new AbortController();
              const start = await store.head();
              const seen: number[] = [];
              const appended = Promise.all(
                steps.map(([stream, count]) => store.append([samples.next(TENANT, `sales.opportunity/${stream}`, count)])),
              );
              const expected = steps.reduce((sum, [, count]) => sum + count, 0);
              for await (const got of store.subscribe(start, { signal: stop.signal, batch })) {
                if (got.caughtUp) {
                  if (seen.length >= expected) stop.abort();
                  continue;
                }
                expect(got.events.length).toBeLessThanOrEqual(batch);
                seen.push(...got.events.map(({ position }) => position));
              }
              const written = (await appended).flatMap(({ positions }) => positions);
              expect(seen).toEqual(written.sort((a, b) => a - b));
            },
          ),
          { numRuns: 20 },
        );
      });

      it('calls back after an append, until told to stop', async () => {
        const heads: number[] = [];
        const first = Promise.withResolvers<void>();
        const stop = store.onAppended((head) => {
          heads.push(head);
          first.resolve();
        });
        const { position } = await store.append([samples.next(TENANT, DESKS, 2)]);
        await first.promise;
        expect(heads).toEqual([position]);
        stop();
        await store.append([samples.next(TENANT, DESKS)]);
        await store.append([samples.next(TENANT, DESKS)]);
        expect(heads).toEqual([position]);
      });
    });
  });
}
