import { SERVICES } from '#events/services';
import { EXIT, Fault } from '../fault.ts';
import { table } from '../output.ts';
import type { Setting } from '../setting.ts';

type Status = { view: string; storage: string; state: string; lag: number; parkedStreams: number };
type Parked = { view: string; stream: string; revision: number; eventId: string; type: string; reason: string; first: boolean };

/** A view is named `<service>.<name>`, so its name says whom to ask. */
const ofView = (view: string) => `/services/${encodeURIComponent(view.split('.')[0]!)}/projections/${encodeURIComponent(view)}`;

/** How every view is: state, events behind, parked streams. */
export async function list(setting: Setting): Promise<void> {
  const found = await ofServices<Status>(setting, '');
  await setting.output.answer(found, () =>
    table(
      ['view', 'state', 'behind', 'parked'],
      found.map(({ view, state, lag, parkedStreams }) => [view, state, lag, parkedStreams]),
    ),
  );
}

/** Begins a rebuild beside the storage that is read; with `wait`, shows its progress until it is level. */
export async function rebuild(setting: Setting, view: string, { wait }: { wait?: boolean }): Promise<void> {
  const client = setting.client();
  await client.send('POST', `${ofView(view)}/rebuild`);
  if (wait) await level(setting, view);
  await setting.output.answer({ view, state: wait ? 'live' : 'rebuilding' }, () => [
    wait ? `${view} is rebuilt.` : `${view} is being rebuilt; \`rapport projections\` says how far.`,
  ]);
}

async function level(setting: Setting, view: string): Promise<void> {
  let progress: ReturnType<Setting['output']['progress']> | undefined;
  let most = 0;
  for (;;) {
    const statuses = await setting.client().send<Status[]>('GET', `/services/${view.split('.')[0]}/projections`);
    const mine = statuses.filter((status) => status.view === view);
    const rebuilding = mine.find(({ state }) => state === 'rebuilding');
    if (!rebuilding) break;
    most = Math.max(most, rebuilding.lag);
    progress ??= setting.output.progress(view, most);
    progress.to(most - rebuilding.lag, most);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  progress?.end();
}

/** Events put aside because they could not be folded. */
export async function parked(setting: Setting, { view }: { view?: string }): Promise<void> {
  const found = view
    ? await setting
        .client()
        .send<Parked[]>('GET', `/services/${encodeURIComponent(view.split('.')[0]!)}/projections/parked?view=${encodeURIComponent(view)}`)
    : await ofServices<Parked>(setting, '/parked');
  await setting.output.answer(found, () =>
    found.length === 0
      ? ['Nothing is parked.']
      : table(
          ['view', 'stream', 'revision', 'event', 'why'],
          found.map((one) => [one.view, one.stream, one.revision, one.eventId, one.first ? `${one.type}: ${one.reason}` : 'waits']),
        ),
  );
}

/** Folds a parked stream again, in order. */
export async function retry(setting: Setting, view: string, stream: string): Promise<void> {
  const { free } = await setting.client().send<{ free: boolean }>('POST', `${ofView(view)}/parked/retry`, { stream });
  await freed(setting, view, free, `${stream} is folded.`);
}

/** Leaves one event out for good, in rebuilds too. */
export async function skip(setting: Setting, view: string, eventId: string): Promise<void> {
  const { free } = await setting.client().send<{ free: boolean }>('POST', `${ofView(view)}/parked/skip`, { eventId });
  await freed(setting, view, free, `${eventId} is left out of ${view}.`);
}

async function freed(setting: Setting, view: string, free: boolean, done: string): Promise<void> {
  await setting.output.answer({ free }, () => [free ? done : `${done} Another event of the stream is parked still.`]);
  if (!free) throw new Fault(EXIT.findings, 'The stream waits still.', { hint: `\`rapport projections parked --view ${view}\` says why.` });
}

async function ofServices<T>(setting: Setting, path: string): Promise<T[]> {
  const client = setting.client();
  const found = await Promise.all(SERVICES.map((service) => client.send<T[]>('GET', `/services/${service}/projections${path}`)));
  return found.flat();
}
