import { EXIT, Fault } from '../fault.ts';
import type { Setting } from '../setting.ts';

type Undone = { done?: number; commands?: unknown[]; conflicts?: { record?: string; stream?: string; reason?: string; detail?: string }[] };

/** Takes back an event, or everything of a correlation (an import, a bulk call); a dry run only says what would be done. */
export async function undo(
  setting: Setting,
  service: string,
  asked: { event?: string; correlation?: string; dryRun?: boolean },
): Promise<void> {
  if ((asked.event === undefined) === (asked.correlation === undefined))
    throw new Fault(EXIT.usage, 'Give --event or --correlation, one of the two.');
  const answer = await setting.client().send<Undone>('POST', `/services/${encodeURIComponent(service)}/undo`, asked);
  const conflicts = answer.conflicts ?? [];
  await setting.output.answer(answer, () => [
    ...conflicts.map((one) => `conflict: ${one.record ?? one.stream ?? ''} ${one.reason ?? one.detail ?? ''}`.trimEnd()),
    `${asked.dryRun ? 'Would take back' : 'Took back'} ${answer.done ?? answer.commands?.length ?? 0}; ${conflicts.length} ${conflicts.length === 1 ? 'conflict' : 'conflicts'}.`,
  ]);
  if (conflicts.length)
    throw new Fault(EXIT.findings, 'Not everything could be taken back.', { hint: 'What was changed since is listed above.' });
}
