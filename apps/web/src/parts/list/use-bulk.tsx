import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { serviceOf, type Kind } from '../../api/kinds.ts';
import { ApiProblem } from '../../api/problem.ts';
import { queryClient } from '../../queries/client.ts';
import type { Asked } from '../../queries/lists.ts';
import { note } from '../../shell/notice-list.ts';
import { useActs } from '../../shell/use-acts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import type { Selection } from '../table/selection.ts';
import { ASKS_BEYOND, exportList, idsOf, runBulk } from './bulk.ts';

/** Records that are chosen in a list (`count`: how many match in all, as the server says it), and what to do once something was done with them. */
export type Chosen = { kind: Kind; selection: Selection; asked: Asked; count: string; onClear: () => void };

/** What is asked before something is done to so many records. */
type Question = { title: string; hint: string; act: string };

/** So many records can be named in an address. */
export const MOST_EXPORTED = 200;

/**
 * Commands for everything that is chosen: at once, with a way back; only beyond a thousand it asks first, by `dialog`. What was refused, and why the first
 * of it, is kept among the notices.
 *
 * @param question how it asks first, by what the records are called; of any records without it
 */
export function useBulk(
  { kind, selection, asked, count, onClear }: Chosen,
  question?: (n: number) => Question,
): {
  n: number;
  perform: (command: string, data: object, said: (done: number) => string) => void;
  /** Undefined where there are more than an address can name. */
  download: ((file: string) => void) | undefined;
  dialog: ReactNode;
} {
  const [t, acts] = [usePartTexts(), useActs()];
  const [pending, setPending] = useState<{ n: number; go: () => void }>();
  const many = pending?.n ?? 0;
  const ask = question?.(many) ?? { title: t('askMany', { n: many }), hint: t('askManyHint'), act: t('askManyDo', { n: many }) };
  const n = selection.all ? Number.parseInt(count, 10) : selection.ids.size;
  const run = async (found: readonly string[], command: string, data: object, said: (done: number) => string) => {
    const outcome = await acts.attempt(
      serviceOf(kind),
      async (act) => {
        const results = await runBulk(kind, found, command, data, act);
        // Where nothing was done there is nothing to take back: it says why instead.
        if (results.done === 0 && results.refused[0]?.problem) throw new ApiProblem(results.refused[0].problem);
        return results;
      },
      ({ done }) => said(done),
    );
    if (!outcome) return;
    const [first] = outcome.refused;
    if (first) note({ title: t('refusedSome', { n: outcome.refused.length, reason: first.problem?.detail ?? '' }) });
    onClear();
    await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(kind) === true });
  };
  /** What is done is done to those that were found when it was asked for, however the list moves meanwhile. */
  const perform = async (command: string, data: object, said: (done: number) => string) => {
    const found = await idsOf(kind, selection, asked);
    const go = () => run(found, command, data, said);
    if (found.length > ASKS_BEYOND) setPending({ n: found.length, go: () => void go() });
    else await go();
  };
  const ids = [...selection.ids].map((id) => JSON.stringify(id)).join(', ');
  return {
    n,
    perform: (...what) => void perform(...what).catch(acts.refused),
    download:
      selection.all || n <= MOST_EXPORTED
        ? (file) =>
            void exportList(kind, selection.all ? asked : { ...asked, search: undefined, filter: `id in (${ids})` }, file).catch(
              acts.refused,
            )
        : undefined,
    dialog: (
      <Modal
        opened={pending !== undefined}
        onClose={() => setPending(undefined)}
        title={ask.title}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <p className="muted sm">{ask.hint}</p>
        <Button
          variant="filled"
          mt="lg"
          onClick={() => {
            pending?.go();
            setPending(undefined);
          }}
        >
          {ask.act}
        </Button>
      </Modal>
    ),
  };
}
