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

/** Records that are chosen in a list, and what to do once something was done with them. */
export type Chosen = { kind: Kind; selection: Selection; asked: Asked; total: number; onClear: () => void };

const MOST_EXPORTED = 200;

/**
 * Commands for everything that is chosen: at once, with a way back; only beyond a thousand it asks first, by `dialog`. What was refused, and why the first
 * of it, is kept among the notices.
 */
export function useBulk({ kind, selection, asked, total, onClear }: Chosen): {
  n: number;
  perform: (command: string, data: object, said: (done: number) => string) => void;
  /** Undefined where there are more than an address can name. */
  download: ((file: string) => void) | undefined;
  dialog: ReactNode;
} {
  const [t, acts] = [usePartTexts(), useActs()];
  const [pending, setPending] = useState<() => void>();
  const n = selection.all ? total : selection.ids.size;
  const run = async (command: string, data: object, said: (done: number) => string) => {
    const outcome = await acts.attempt(
      serviceOf(kind),
      async (act) => {
        const found = await runBulk(kind, await idsOf(kind, selection, asked), command, data, act);
        // Where nothing was done there is nothing to take back: it says why instead.
        if (found.done === 0 && found.refused[0]?.problem) throw new ApiProblem(found.refused[0].problem);
        return found;
      },
      ({ done }) => said(done),
    );
    if (!outcome) return;
    const [first] = outcome.refused;
    if (first) note({ title: t('refusedSome', { n: outcome.refused.length, reason: first.problem?.detail ?? '' }) });
    onClear();
    await queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.kinds?.includes(kind) === true });
  };
  const ids = [...selection.ids].map((id) => JSON.stringify(id)).join(', ');
  return {
    n,
    perform: (...what) => {
      if (n > ASKS_BEYOND) setPending(() => () => void run(...what));
      else void run(...what);
    },
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
        title={t('askMany', { n })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <p className="muted sm">{t('askManyHint')}</p>
        <Button
          variant="filled"
          mt="lg"
          onClick={() => {
            pending?.();
            setPending(undefined);
          }}
        >
          {t('askManyDo', { n })}
        </Button>
      </Modal>
    ),
  };
}
