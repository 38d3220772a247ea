import mongoose, { type mongo } from 'mongoose';
import type { Write } from '../port.ts';
import { isDuplicate } from './catalogue.ts';
import { changeOf } from './entry.ts';
import { ANCHOR, keyOf, type Layout, type StoredDoc } from './layout.ts';

type Docs = mongo.Collection<StoredDoc>;

/** Writes of one request to the engine. */
const PER_REQUEST = 2_000;
/** Deletions on their way at the same time: each is a request of its own. */
const DELETIONS = 32;
const IMMUTABLE_FIELD = 66;

/**
 * Cuts writes into runs that may be made in any order within: of one collection, each document once. Run after run the order given is kept.
 */
export function runsOf(writes: Write[]): Write[][] {
  const runs: Write[][] = [];
  let seen = new Set<string>();
  for (const write of writes) {
    const run = runs.at(-1);
    const key = keyOf(write.tenant, write.id);
    if (run && run[0]!.collection === write.collection && !seen.has(key) && run.length < PER_REQUEST) run.push(write);
    else {
      runs.push([write]);
      seen = new Set();
    }
    seen.add(key);
  }
  return runs;
}

/**
 * Makes the writes of one run, each under the version it expects.
 *
 * @returns those that lost
 */
export async function saveRun(docs: Docs, layout: Layout, run: Write[]): Promise<Write[]> {
  const kept = run.filter(({ doc }) => doc !== null);
  const lost = new Set<Write>();
  if (kept.length > 0)
    for (const place of await losers(
      docs,
      kept.map((write) => operationOf(layout, write)),
    ))
      lost.add(kept[place]!);
  const gone = run.filter(({ doc }) => doc === null);
  for (const write of await lostDeletions(docs, gone)) lost.add(write);
  return run.filter((write) => lost.has(write));
}

/**
 * A save of what must not exist is an insertion. Any other finds the document by its key and version; where there is none such, MongoDB turns to inserting one,
 * and that must fail: the one it would insert has the key of the anchor. So each save that lost is an error of its own.
 */
function operationOf(layout: Layout, write: Write): mongo.AnyBulkWriteOperation<StoredDoc> {
  const { tenant, id, expected } = write;
  const { $set, $unset } = changeOf(layout, write, write.doc!, write.words && write.words.length > 0 ? write.words.join('\n') : undefined);
  const _id = keyOf(tenant, id);
  if (expected === 0) return { insertOne: { document: { _id, v: 1, ...$set } as StoredDoc } };
  const update: mongo.UpdateFilter<mongo.Document> = { $set: { ...$set, v: expected + 1 }, $setOnInsert: { _id: ANCHOR } };
  if (Object.keys($unset).length > 0) update.$unset = $unset;
  return { updateOne: { filter: { _id, v: expected }, update: update as mongo.UpdateFilter<StoredDoc>, upsert: true } };
}

/** @returns the places of the operations that lost */
async function losers(docs: Docs, operations: mongo.AnyBulkWriteOperation<StoredDoc>[]): Promise<number[]> {
  try {
    await docs.bulkWrite(operations, { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    const other = errors.find(({ code }) => !isDuplicate(code) && code !== IMMUTABLE_FIELD);
    if (errors.length === 0 || other || error.result.getWriteConcernError()) throw error;
    return errors.map(({ index }) => index);
  }
}

async function lostDeletions(docs: Docs, writes: Write[]): Promise<Write[]> {
  const lost: Write[] = [];
  for (let from = 0; from < writes.length; from += DELETIONS) {
    const some = writes.slice(from, from + DELETIONS);
    const done = await Promise.all(some.map((write) => deleted(docs, write)));
    lost.push(...some.filter((_, place) => !done[place]));
  }
  return lost;
}

/** Of what must not exist, there is nothing to delete. */
async function deleted(docs: Docs, { tenant, id, expected }: Write): Promise<boolean> {
  const _id = keyOf(tenant, id);
  if (expected === 0) return (await docs.findOne({ _id }, { projection: { _id: 1 } })) === null;
  return (await docs.deleteOne({ _id, v: expected })).deletedCount === 1;
}
