import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { engineUnderTest } from '../../../../tools/engines/under-test.mjs';
import type { CollectionSpec, Query, ReadModels, Scalar, Where, Write } from '../port.ts';
import { openReadModels } from '../sqlite/open.ts';
import { openMongoModels } from './open.ts';

const engine = await engineUnderTest('mongo');
const skipped = 'skipped' in engine;
const against = 'skipped' in engine ? 'nothing here' : engine.against;
afterAll(() => ('stop' in engine ? engine.stop() : undefined));

const seed = Number(process.env.PROPERTIES_SEED ?? randomInt(2 ** 31));

const SPEC: CollectionSpec = {
  name: 'contacts.things@1',
  indexes: [
    ['name'],
    ['ownerId', 'name'],
    ['rank'],
    ['tags'],
    ['open'],
    ['value.currency'],
    ['emails.address'],
    ['mixed'],
    ['rank', 'name'],
  ],
  words: ['name', 'emails.address', 'note'],
  sums: ['minor', 'value.minor'],
};

// No characters beyond the BMP beside those from U+E000 on: the stand-in sorts by UTF-16, MongoDB and SQLite by UTF-8.
const anyText = fc.oneof(
  // Few, so that questions meet documents; several of one key, so that they are told apart by more than it.
  { weight: 6, arbitrary: fc.constantFrom('Ann', 'ann', 'ANN', 'Änne', 'Ёж', 'еж', "O'Hara", 'O’Hara', '', '5') },
  { weight: 1, arbitrary: fc.constantFrom('straße', 'Strasse', ' ', 'null', 'true', 'x$', 'a.b') },
  { weight: 1, arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCharCode(code)), maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'A').map((letter) => letter.repeat(230)) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((letter) => `${'a'.repeat(215)}${letter}`) },
);
// The stand-in takes a group's text that begins with $ for a path.
const text = anyText.map((value) => value.replace(/^\$+/, ''));
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0.5, 1.5, 2 ** 31, 2 ** 53 - 1, -(2 ** 40), 1e300, 5e-324));
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean());
const whole = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.bigInt({ min: -(10n ** 39n), max: 10n ** 39n }).map(String),
  fc.constantFrom('900719925474099300', '100000000000000000000', '-100000000000000000001', '0'),
);
const doc = fc.record(
  {
    name: fc.oneof(text, fc.constant(null)),
    ownerId: fc.constantFrom('u1', 'u2', 'U1'),
    rank: fc.oneof(number, fc.constant(null)),
    tags: fc.oneof(fc.array(text, { maxLength: 3 }), text),
    open: fc.boolean(),
    value: fc.oneof(fc.record({ currency: fc.constantFrom('EUR', 'USD'), minor: whole }, { requiredKeys: [] }), fc.constant(null)),
    emails: fc.array(fc.record({ address: fc.oneof(text, fc.constant('ann.smith@example.com')) }, { requiredKeys: [] }), { maxLength: 2 }),
    mixed: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.constant({ deep: 1 }), fc.constant(null)),
    minor: whole,
    note: text,
  },
  { requiredKeys: [] },
);
const FIELDS = [...new Set(SPEC.indexes.flat())];
const field = fc.constantFrom(...FIELDS);
const orNull = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: values }, { weight: 1, arbitrary: fc.constant(null) });
/** A question that may well be answered: by a field, for what stands there. */
const leafOf = (fields: string[], values: fc.Arbitrary<Scalar>): fc.Arbitrary<Where> => {
  const of = fc.constantFrom(...fields);
  return fc.oneof(
    fc.record({ field: of, op: fc.constantFrom('eq', 'ne'), value: orNull(values) }),
    fc.record({ field: of, op: fc.constantFrom('lt', 'lte', 'gt', 'gte', 'has'), value: values }),
    fc.record({ field: of, op: fc.constant('prefix'), value: text }),
    fc.record({ field: of, op: fc.constant('in'), value: fc.array(orNull(values), { maxLength: 4 }) }),
    fc.record({ field: of, op: fc.constant('hasAny'), value: fc.array(values, { maxLength: 3 }) }),
  ) as fc.Arbitrary<Where>;
};
const leaf = fc.oneof(
  { weight: 4, arbitrary: leafOf(['name', 'name', 'tags', 'emails.address', 'mixed'], text) },
  { weight: 1, arbitrary: leafOf(['rank', 'mixed'], number) },
  { weight: 1, arbitrary: leafOf(['open', 'mixed'], fc.boolean()) },
  { weight: 1, arbitrary: leafOf(['ownerId'], fc.constantFrom('u1', 'u2', 'U1')) },
  { weight: 1, arbitrary: leafOf(FIELDS, scalar) },
);
const where = fc.letrec<{ any: Where }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ and: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ not: tie('any') }),
  ),
})).any;
const asked = fc.record({
  where: fc.option(where, { nil: undefined }),
  search: fc.option(fc.constantFrom('an', 'ann smi', 'b', 'strasse', 'еж', 'x', 'example com', '', '.'), { nil: undefined }),
  sort: fc.uniqueArray(fc.record({ field, desc: fc.boolean() }), { selector: (key) => key.field, maxLength: 3 }),
  limit: fc.integer({ min: 1, max: 6 }),
  by: fc.uniqueArray(field, { maxLength: 2 }),
});

(skipped ? describe.skip : describe)(`MongoDB read models beside SQLite's, against ${against}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-models-'));
  let engines: ReadModels[];
  beforeAll(async () => {
    const database = `t${randomUUID().replaceAll('-', '')}`;
    engines = [
      openReadModels(join(folder, 'm.db')),
      await openMongoModels({ url: 'address' in engine ? engine.address : '', database, refreshMs: 20 }),
    ];
    for (const models of engines) await models.declare([SPEC]);
  });
  afterAll(async () => {
    for (const models of engines) await models.close();
    rmSync(folder, { recursive: true });
  });

  /** Without the document's text, which an engine may keep and give along. */
  const withoutText = (answer: unknown) =>
    JSON.parse(JSON.stringify(answer, (name, value) => (name === 'json' ? undefined : value))) as unknown;

  /** Both answers, which must be the same; one that is refused is refused by both for the same field. */
  async function both<T>(ask: (models: ReadModels) => Promise<T>): Promise<T | undefined> {
    const [one, other] = await Promise.all(
      engines.map((models) =>
        ask(models).then(
          (value) => ({ value }),
          (error: Error & { field?: string }) => ({ refused: [error.name, error.field] }),
        ),
      ),
    );
    expect(withoutText(other)).toEqual(withoutText(one));
    return 'value' in one! ? one.value : undefined;
  }

  async function pages(models: ReadModels, query: Query): Promise<string[][]> {
    const found: string[][] = [];
    for (let after: string | undefined = ''; after !== undefined && found.length < 40;) {
      const page = await models.query({ ...query, after: after || undefined });
      found.push(page.items.map(({ id, version, doc: { n } }) => `${id} ${version} ${String(n)}`));
      after = page.next;
    }
    return found;
  }

  it(`answers every question as SQLite does (seed ${seed})`, async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(doc, { minLength: 6, maxLength: 18, size: 'max' }),
        fc.array(fc.nat(17), { maxLength: 4 }),
        fc.array(asked, { minLength: 1, maxLength: 6 }),
        async (docs, changed, questions) => {
          const tenant = `p${run++}`;
          const write = (at: number, value: object | null, expected: number): Write => ({
            collection: SPEC.name,
            tenant,
            id: `r${String((at * 7) % 18).padStart(2, '0')}`,
            expected,
            revision: expected,
            doc: value && { ...(JSON.parse(JSON.stringify(value)) as object), n: expected },
            ...(at % 3 === 0 ? { words: ['besides'] } : {}),
          });
          await both((models) => models.save(docs.map((value, at) => write(at, value, 0))));
          // Some are changed to what another one was, some deleted; what is not there or was changed already loses in both.
          await both((models) =>
            models.save(changed.map((at, n) => write(at, n % 3 === 2 ? null : (docs[(at + 1) % Math.max(1, docs.length)] ?? {}), 1))),
          );
          await both((models) => models.scan(SPEC.name, { tenant, limit: 100 }));
          for (const { by, ...question } of questions) {
            const query = { collection: SPEC.name, tenant, ...question };
            await both((models) => pages(models, query));
            await both((models) => models.count(query, 5));
            await both((models) => models.group({ ...query, by, sum: ['minor', 'value.minor'] }));
          }
        },
      ),
      { numRuns: 60, seed },
    );
  }, 120_000);
});
