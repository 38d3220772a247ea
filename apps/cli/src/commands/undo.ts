import { EXIT, Fault } from '../fault.ts';
import type { Setting } from '../setting.ts';

type Left = { record: string; reason: string };
type Undone = { done: number; conflicts: Left[]; cannot: Left[] };

export type UndoAsked = { event?: string; correlation?: string; import?: string; dryRun?: boolean };

/** Takes back an event, everything of a correlation (a bulk call), or an import; a dry run only says what would be done. */
export async function undo(setting: Setting, service: string | undefined, asked: UndoAsked): Promise<void> {
  const answer = await setting.client().send<Undone>('POST', ...requestFor(service, asked));
  const left = [...answer.conflicts, ...answer.cannot];
  await setting.output.answer(answer, () => [
    ...left.map(({ record, reason }) => `left: ${record} ${reason}`),
    `${asked.dryRun ? 'Would take back' : 'Took back'} ${answer.done}; ${left.length} left as ${left.length === 1 ? 'it is' : 'they are'}.`,
  ]);
  if (left.length > 0)
    throw new Fault(EXIT.findings, 'Not everything could be taken back.', { hint: 'What was left, and why, is listed above.' });
}

function requestFor(service: string | undefined, { import: batch, ...asked }: UndoAsked): [path: string, body: object] {
  const given = [asked.event, asked.correlation, batch].filter((one) => one !== undefined).length;
  if (given !== 1) throw new Fault(EXIT.usage, 'Give --event, --correlation or --import, one of them.');
  if (batch === undefined) {
    if (service === undefined) throw new Fault(EXIT.usage, 'Name the service whose event it is: rapport undo sales --event …');
    return [`/services/${encodeURIComponent(service)}/undo`, asked];
  }
  const [resource, id, ...rest] = batch.split('/');
  if (!resource || !id || rest.length > 0)
    throw new Fault(EXIT.usage, 'An import is named by its resource and its id: contacts/0193c5b0-…');
  return [`/${encodeURIComponent(resource)}/imports/${encodeURIComponent(id)}/undo`, { dryRun: asked.dryRun ?? false }];
}
