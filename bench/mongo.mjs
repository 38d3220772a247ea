// node bench/mongo.mjs: read models on MongoDB beside those on SQLite and beside the bare driver, in one run. `--documents N` (3,000), `--seconds S` (3) a row.
// Where MONGODB_URL names no MongoDB it is the stand-in of tools/engines: it has no secondary indexes, so its pages and searches say nothing of MongoDB's.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { engineUnderTest } from '../tools/engines/under-test.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '3000' }, seconds: { type: 'string', default: '3' } } });
const [count, seconds] = [Number(values.documents), Number(values.seconds)];
/** As many as a lane saves of one batch. */
const BATCH = 500;

const built = spawnSync(process.execPath, [fileURLToPath(new URL('../tools/build.mjs', import.meta.url))], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (built.status !== 0) process.exit(1);
const { openMongoModels, openReadModels } = await import('#engines/read-models');

const spec = { name: 'bench.contacts@1', indexes: [['name'], ['ownerId', 'name'], ['tags'], ['removed']], words: ['name', 'emails'] };
const [FIRST, LAST] = ['Ada Bea Cem Dag Eva Fritz Gil Hana Ines Jan', 'Adler Brandt Costa Dumas Egger Funk Gruber Haas Ilic Janda'].map(
  (names) => names.split(' '),
);
const doc = (at, version) => ({
  id: `c${at}`,
  name: `${FIRST[at % 10]} ${LAST[Math.floor(at / 10) % 10]} ${at}`,
  ownerId: `u${at % 20}`,
  emails: [`${FIRST[at % 10].toLowerCase()}.${at}@example.com`],
  tags: [`t${at % 7}`],
  note: 'x'.repeat(400),
  version,
});
const write = (at, expected) => ({
  collection: spec.name,
  tenant: 't',
  id: `c${at}`,
  expected,
  revision: expected + 1,
  doc: doc(at, expected),
});
const batches = (expected) =>
  Array.from({ length: Math.ceil(count / BATCH) }, (_, n) =>
    Array.from({ length: Math.min(BATCH, count - n * BATCH) }, (_, at) => write(n * BATCH + at, expected)),
  );

/** How many a second. */
async function rate(total, work) {
  const began = performance.now();
  await work();
  return Math.round((total * 1000) / (performance.now() - began));
}

async function repeated(work) {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < seconds * 1000) await work(done++);
  return Math.round((done * 1000) / (performance.now() - began));
}

async function measure(models) {
  await models.declare([spec]);
  const saveAll = async (expected) => {
    for (const batch of batches(expected)) if ((await models.save(batch)).length > 0) throw new Error('a save was lost');
  };
  const ask = (query) => models.query({ collection: spec.name, tenant: 't', limit: 50, ...query });
  return {
    created: await rate(count, () => saveAll(0)),
    saved: await rate(count, () => saveAll(1)),
    pages: await repeated((n) => ask({ where: { field: 'ownerId', op: 'eq', value: `u${n % 20}` }, sort: [{ field: 'name' }] })),
    searches: await repeated((n) => ask({ search: `${FIRST[n % 10].slice(0, 2)} ${LAST[(n * 7) % 10].slice(0, 3)}` })),
  };
}

/** The floor: the driver's own bulk writes of documents as large, without guards, keys or words; reads by the key. */
async function bare(url, database) {
  const client = await new mongoose.mongo.MongoClient(url, { writeConcern: { w: 'majority', journal: true } }).connect();
  try {
    const docs = client.db(database).collection('bare');
    const rows = batches(0).map((batch) => batch.map(({ id, doc: { ...kept } }) => ({ _id: `t/${id}`, v: 1, d: JSON.stringify(kept) })));
    const created = await rate(count, async () => {
      for (const batch of rows)
        await docs.bulkWrite(
          batch.map((document) => ({ insertOne: { document } })),
          { ordered: false },
        );
    });
    const saved = await rate(count, async () => {
      for (const batch of rows)
        await docs.bulkWrite(
          batch.map(({ _id, d }) => ({ updateOne: { filter: { _id }, update: { $set: { v: 2, d } } } })),
          { ordered: false },
        );
    });
    return { created, saved };
  } finally {
    await client.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const engine = await engineUnderTest('mongo');
try {
  if ('skipped' in engine) throw new Error(`There is no MongoDB to measure. ${engine.skipped}`);
  const database = `bench${Date.now()}`;
  const sqlite = openReadModels(join(folder, 'models.db'));
  const mongo = await openMongoModels({ url: engine.address, database });
  // Twice, the first time to warm up what is compiled while it runs, on either side.
  for (const turn of ['warm', 'measured']) {
    const [floor, onMongo, onSqlite] = [await bare(engine.address, `${database}${turn}`), await measure(mongo), await measure(sqlite)];
    for (const models of [mongo, sqlite]) await models.drop(spec.name);
    if (turn === 'warm') continue;
    console.log(`${count} documents of 0.6 KB in batches of ${BATCH}; MongoDB is ${engine.against}. A second:\n`);
    console.log('                               MongoDB    SQLite  ratio   bare driver  ratio');
    for (const [what, name] of [
      ['created', 'documents created'],
      ['saved', 'guarded saves'],
      ['pages', 'pages of 50, by owner and name'],
      ['searches', 'searches by two prefixes'],
    ]) {
      const [here, beside, least] = [onMongo[what], onSqlite[what], floor[what]];
      const shown = least ? [String(least).padStart(12), (here / least).toFixed(2).padStart(6)] : [];
      console.log(name.padEnd(30), String(here).padStart(7), String(beside).padStart(9), (here / beside).toFixed(2).padStart(6), ...shown);
    }
  }
  await mongo.close();
  await sqlite.close();
} finally {
  if ('stop' in engine) await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
