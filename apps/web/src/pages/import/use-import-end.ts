import { useEffect, useRef } from 'react';
import { serviceOf } from '../../api/kinds.ts';
import { queryClient } from '../../queries/client.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { noteDone } from '../../undo/done.ts';
import { toast } from '../../undo/toasts.ts';
import { isBusy, type ImportPage } from './import-queries.ts';
import type { Importable } from './importables.ts';

/** When an import ends while it is looked at: it stands among what was done, with its way back, and lists ask again. */
export function useImportEnd(of: Importable, { id, label, status, counts }: ImportPage): void {
  const t = useImportTexts();
  const before = useRef(status);
  useEffect(() => {
    const was = before.current;
    before.current = status;
    if (was !== 'running' || isBusy(status)) return;
    void queryClient.invalidateQueries();
    if (status === 'failed' || counts.created + counts.updated === 0) return;
    noteDone(serviceOf(of.kind), id, t('imported', { file: label ?? t('unnamed'), n: counts.created + counts.updated }));
    toast({ act: id });
  }, [of, id, label, status, counts, t]);
}
