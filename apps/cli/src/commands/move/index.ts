import { DamagedLog, StoreUnavailable, type LogFinding } from '#engines/event-store';
import { VaultUnavailable } from '#engines/vault';
import {
  copyLog,
  copyVault,
  differingStreams,
  digestOf,
  digestOfVault,
  halfMoved,
  markMoving,
  mustFit,
  NotABeginning,
  OtherKeys,
  type LogCopy,
  type VaultCopy,
} from '#runtime';
import { EXIT, Fault } from '../../fault.ts';
import { table } from '../../output.ts';
import type { Setting } from '../../setting.ts';
import { carryFiles, carryIdentity, mustFitIdentity } from './carry.ts';
import { openPlace, type Place } from './place.ts';
import { builtDigest, type BuiltDigest } from './rebuild.ts';

export type MoveAsked = { tenant?: string; dryRun?: boolean; rebuild: boolean };

/** `there`: events the target held before. `sha256`: over the hashes of all events in order. `differing`: streams that do not end in the same hash. */
type LogReport = LogCopy & { streams: number; sha256: string; same: boolean; differing: string[]; faults: LogFinding[] };
type ViewsReport = BuiltDigest & { same: boolean };

/**
 * Copies an installation from one set of engines to another, and compares them afterwards. May be killed and called again.
 *
 * @throws Fault when the source is in use, the target is not the beginning of it, or they are not the same in the end
 */
export async function move(setting: Setting, root: string, from: string, to: string, asked: MoveAsked): Promise<void> {
  const opened: Place[] = [];
  const open = (where: string, side: 'source' | 'target') => {
    const place = openPlace(where, side, root);
    opened.push(place);
    return place;
  };
  try {
    const source = open(from, 'source');
    await between(setting, source, open(to, 'target'), asked);
  } catch (error) {
    throw faultOf(error);
  } finally {
    for (const place of opened.reverse()) await place.close();
  }
}

async function between(setting: Setting, source: Place, target: Place, { tenant, dryRun, rebuild }: MoveAsked): Promise<void> {
  const { output } = setting;
  const [oldVault, newVault] = [await source.vault(), await target.vault()];
  const part = await halfMoved(oldVault);
  if (part) throw new Fault(EXIT.failed, `${source.name}: ${part}`);
  // Everything is looked at before anything is written: a target that is refused is left as it was.
  if (tenant === undefined) mustFitIdentity(source.identity, target.identity);
  await mustFit(oldVault, newVault, tenant);
  const asIs: LogCopy[] = [];
  for (const service of source.services) asIs.push(await copying(setting, source, target, service, { tenant, dryRun: true }));
  if (dryRun) return output.answer({ from: source.name, to: target.name, dryRun, logs: asIs }, () => plan(asIs));

  const begun = (await halfMoved(newVault)) !== undefined;
  const missing = begun || asIs.some(({ events, there }) => there < events);
  if (missing) await markMoving(newVault, 'begun', tenant);
  const copied: LogCopy[] = [];
  for (const service of source.services)
    copied.push(missing ? await copying(setting, source, target, service, { tenant }) : asIs[copied.length]!);
  const keys = await copyVault(oldVault, newVault, tenant);
  const files = carryFiles(source.files, target.files);
  const left = tenant === undefined ? carryIdentity(source.identity, target.identity) : [];
  // A tenant that joins others is read by what reads those already; a whole installation begins with nothing but its logs.
  if (missing && tenant === undefined) left.push(...(await target.forget(source.services)));

  const logs: LogReport[] = [];
  for (const copy of copied) logs.push(await compared(setting, source, target, copy, tenant));
  const vault = { ...keys, same: (await digestOfVault(oldVault, tenant)) === (await digestOfVault(newVault, tenant)) };
  const views = rebuild ? await comparedViews(setting, source, target, tenant) : undefined;
  const whole = vault.same && views?.same !== false && logs.every(({ same, faults }) => same && faults.length === 0);
  if (whole) await markMoving(newVault, 'whole', tenant);
  await output.answer({ from: source.name, to: target.name, tenant, whole, logs, vault, views, files, left }, () => [
    ...report(logs, vault, views, files),
    ...left,
    whole
      ? `Moved: ${target.name} holds what ${source.name} holds. Do not start the old one again.`
      : `${target.name} is not the same as ${source.name}; nothing starts on it.`,
  ]);
  if (!whole)
    throw new Fault(EXIT.findings, 'The target is not the same as the source.', {
      hint: 'If the source has gone on meanwhile, stop its services and call this again.',
    });
}

async function copying(
  { output }: Setting,
  source: Place,
  target: Place,
  service: string,
  how: { tenant?: string; dryRun?: boolean },
): Promise<LogCopy> {
  const [from, to] = [await source.log(service), await target.log(service)];
  const progress = output.progress(`${service}: ${how.dryRun ? 'looking' : 'copying'}`, await from.head());
  const copy = await copyLog(from, to, { ...how, onProgress: (done) => progress.to(done) });
  progress.end();
  return copy;
}

async function compared({ output }: Setting, source: Place, target: Place, copy: LogCopy, tenant?: string): Promise<LogReport> {
  const [from, to] = [await source.log(copy.log), await target.log(copy.log)];
  const progress = output.progress(`${copy.log}: comparing`, 3 * copy.events);
  const one = await digestOf(from, tenant, (read) => progress.to(read));
  const other = await digestOf(to, tenant, (read) => progress.to(copy.events + read));
  const faults = await to.verify((read) => progress.to(2 * copy.events + read));
  progress.end();
  const differing = differingStreams(one, other);
  return {
    ...copy,
    streams: other.streams.size,
    sha256: other.sha256,
    same: one.sha256 === other.sha256 && differing.length === 0,
    differing,
    faults,
  };
}

async function comparedViews({ output }: Setting, source: Place, target: Place, tenant?: string): Promise<ViewsReport> {
  const built = async (place: Place) => {
    output.say(`Building the views of ${place.name}, to compare them …`);
    const logs = await Promise.all(source.services.map(async (service) => [service, await place.log(service)] as const));
    return builtDigest(Object.fromEntries(logs), await place.vault(), tenant);
  };
  const [one, other] = [await built(source), await built(target)];
  return { ...other, same: one.sha256 === other.sha256 };
}

const plan = (logs: LogCopy[]): string[] => [
  ...table(
    ['log', 'events', 'there already', 'to copy'],
    logs.map(({ log, events, there }) => [log, events, there, events - there]),
  ),
  'Nothing was written.',
];

const yes = (same: boolean) => (same ? 'same' : 'DIFFERS');

function report(logs: LogReport[], vault: VaultCopy & { same: boolean }, views: ViewsReport | undefined, files: number): string[] {
  return [
    ...table(
      ['log', 'events', 'copied now', 'streams', 'hash of all', 'compared'],
      logs.map(({ log, events, there, streams, sha256, same }) => [log, events, events - there, streams, sha256.slice(0, 16), yes(same)]),
    ),
    ...logs.flatMap(({ log, differing }) => differing.slice(0, 10).map((stream) => `${log}: ${stream} differs`)),
    ...logs.flatMap(({ log, faults }) => faults.slice(0, 10).map(({ position, detail }) => `${log} ${position}: ${detail}`)),
    `Keys of ${vault.people} people and ${vault.destroyed} destroyed ones: ${yes(vault.same)}. Files: ${files}.`,
    ...(views ? [`Views built from both: ${views.documents} rows and summaries: ${yes(views.same)}.`] : []),
  ];
}

function faultOf(error: unknown): unknown {
  if (error instanceof NotABeginning || error instanceof OtherKeys)
    return new Fault(EXIT.failed, error.message, { hint: 'Choose an empty target, or the one this source was being moved to.' });
  if (error instanceof StoreUnavailable || error instanceof VaultUnavailable)
    return new Fault(EXIT.unreachable, error.message, { hint: 'What was copied stays; call it again and it goes on from there.' });
  if (error instanceof DamagedLog)
    return new Fault(EXIT.findings, `${error.message}: ${error.finding.detail}`, {
      hint: 'Nothing is copied that is not what was written.',
    });
  return error;
}
