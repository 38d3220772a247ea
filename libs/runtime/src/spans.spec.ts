import fc from 'fast-check';
import { defineEvent, fold, foldEvents, on, start, Text, type Recorded } from '#model';
import { FOREVER, rectangles } from './spans.ts';

const Began = defineEvent('spans.thing.began', { name: Text });
const Named = defineEvent('spans.thing.named', { name: Text });
const handlers = fold<{ names: string }>(
  start(Began, (e) => ({ names: e.data.name })),
  on(Named, (thing, e) => ({ names: thing.names + e.data.name })),
);
const time = (step: number) => new Date(Date.UTC(2020, 0, 1 + step)).toISOString();

it('at every moment of both times a span says what folding would', () => {
  const history = fc.tuple(fc.array(fc.tuple(fc.nat(6), fc.nat(2)), { minLength: 1, maxLength: 7 }), fc.boolean());
  fc.assert(
    fc.property(history, ([steps, ordered]) => {
      let [recorded, occurred] = [0, 0];
      const events = steps.map(([at, later], index): Recorded => {
        recorded += later;
        occurred = ordered ? occurred + (at % 3) : at;
        const first = index === 0;
        return {
          type: first ? Began.type : Named.type,
          data: { name: String(index) },
          recordId: 'r',
          eventId: String(index),
          at: time(first ? 0 : occurred),
          recordedAt: time(recorded),
          actor: 'a',
          revision: index + 1,
          tenant: 't',
          kind: 'spans.thing',
        };
      });
      const spans = rectangles(handlers, events);
      for (let valid = 0; valid <= 22; valid++)
        for (let known = 0; known <= 16; known++) {
          const folded = foldEvents(
            handlers,
            undefined,
            events.filter((event) => event.at <= time(valid) && event.recordedAt <= time(known)),
          );
          const found = spans.filter(
            (span) =>
              span.validFrom <= time(valid) && time(valid) < span.validTo && span.knownFrom <= time(known) && time(known) < span.knownTo,
          );
          // Compared by hand: an expectation in each of 100,000 cells takes longer than the rest.
          if (JSON.stringify(found.map(({ state }) => state)) !== JSON.stringify(folded ? [folded] : [])) expect(found).toEqual(folded);
        }
      expect(spans.every((span) => span.validTo <= FOREVER)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
