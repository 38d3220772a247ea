import { api } from '../../api/api.ts';
import { serviceOf } from '../../api/kinds.ts';
import type { Schemas } from '../../api/schema.ts';
import { queryClient } from '../../queries/client.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useHistoryTexts } from '../../texts/history/index.ts';
import { toast } from '../../undo/toasts.ts';

export type Undone = Schemas['Undone'];

/** Why something could not be taken back, in words. */
export function useReasons(): (code: string) => string {
  const t = useHistoryTexts();
  return (code) => t.find(`reason_${code}`) ?? t('reason_other', { code });
}

/** What an undo would do, and what stands against it; nothing is done. */
export const tryUndo = (service: string, what: { event: string } | { correlation: string }): Promise<Undone> =>
  api.send<Undone>('post', `/services/${service}/undo`, { ...what, dryRun: true }).then(({ data }) => data);

/** Takes back one event, or all of an act; it can itself be undone. What stands against it is said. @returns whether something was taken back */
export function useUndoOf(): (record: string, what: { event: string } | { correlation: string }, said: string) => Promise<boolean> {
  const [t, acts, reasonOf] = [useHistoryTexts(), useActs(), useReasons()];
  return async (record, what, said) => {
    const service = serviceOf(record);
    const answer = await acts.attempt(
      service,
      (act) => api.send<Undone>('post', `/services/${service}/undo`, what, { act }),
      ({ data }) => (data.done > 0 ? t('undone', { what: said }) : undefined),
      ({ data }) => data.correlation,
    );
    if (!answer) return false;
    const [left] = [...answer.data.conflicts, ...answer.data.cannot];
    if (left) toast({ problem: { title: t('undoneSome'), detail: reasonOf(left.reason) } });
    await queryClient.invalidateQueries();
    return answer.data.done > 0;
  };
}
