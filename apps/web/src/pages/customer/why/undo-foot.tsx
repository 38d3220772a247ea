import { Button } from '@mantine/core';
import { useState } from 'react';
import { serviceOf } from '../../../api/kinds.ts';
import { lookOf, recordOf } from '../../../parts/history/events.ts';
import { useEventText } from '../../../parts/history/use-event-text.ts';
import { tryUndo, useReasons, useUndoOf, type Undone } from '../../../parts/history/use-undo.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { HistoryItem } from '../kinds.ts';
import css from './why.module.css';

type Wanted = 'one' | 'all';
type Tried = { wanted: Wanted; found: { service: string; undone: Undone }[] };

const LISTED = 6;

/**
 * The way back for one change, or for all of its act: first what it would do, and what stands against it; then doing it.
 *
 * @param services in which the act did something; @param single it did nothing but this
 */
export function UndoFoot({
  item,
  services,
  single,
  onDone,
}: {
  item: HistoryItem;
  services: readonly string[];
  single: boolean;
  onDone: () => void;
}) {
  const [t, may, acts, undoOf, textOf] = [useCustomerTexts(), useMay(), useActs(), useUndoOf(), useEventText()];
  const [tried, setTried] = useState<Tried>();
  const [busy, setBusy] = useState(false);
  if (!may('undo', recordOf(item.record).kind)) return null;
  const targets = (wanted: Wanted) => (wanted === 'one' ? [serviceOf(item.type)] : services);
  const what = (wanted: Wanted) => (wanted === 'one' ? { event: item.id } : { correlation: item.correlation });
  const look = async (wanted: Wanted) => {
    setBusy(true);
    try {
      const found = await Promise.all(targets(wanted).map(async (service) => ({ service, undone: await tryUndo(service, what(wanted)) })));
      setTried({ wanted, found });
    } catch (error) {
      acts.refused(error);
    }
    setBusy(false);
  };
  const run = async () => {
    setBusy(true);
    for (const { service, undone } of tried!.found)
      if (undone.done > 0) await undoOf(`${service}.`, what(tried!.wanted), tried!.wanted === 'one' ? textOf(item) : t('wholeAct'));
    onDone();
  };
  if (tried) {
    const done = tried.found.reduce((sum, { undone }) => sum + undone.done, 0);
    return (
      <div className={css.preview} role="status">
        <div className="medium sm">{done > 0 ? t('wouldUndo', { n: done }) : t('wouldNot')}</div>
        <Against found={tried.found.map(({ undone }) => undone)} />
        <div className="row wrap">
          {done > 0 && (
            <Button variant="filled" leftSection={<Icon name="undo" size="s" />} disabled={busy} onClick={() => void run()}>
              {t(tried.wanted === 'one' ? 'undoThis' : 'undoAll')}
            </Button>
          )}
          <Button variant="subtle" onClick={() => setTried(undefined)}>
            {t('notNow')}
          </Button>
        </div>
      </div>
    );
  }
  const { undo: one } = lookOf(item.type);
  return (
    <>
      {one && (
        <Button variant="filled" leftSection={<Icon name="undo" size="s" />} disabled={busy} onClick={() => void look('one')}>
          {t('undoThis')}
        </Button>
      )}
      {!single && (
        <Button disabled={busy} onClick={() => void look('all')}>
          {t('undoAll')}
        </Button>
      )}
      <span className="xs muted" style={{ flexBasis: '100%' }}>
        {t('undoFirstShows')}
      </span>
    </>
  );
}

/** What stands against an undo: each record, and why. */
function Against({ found }: { found: readonly Undone[] }) {
  const [t, reasonOf] = [useCustomerTexts(), useReasons()];
  const left = found.flatMap(({ conflicts, cannot }) => [...conflicts, ...cannot]);
  if (left.length === 0) return null;
  return (
    <Notice icon="alert">
      {t('staysAs', { n: left.length })}
      <ul className={css.against}>
        {left.slice(0, LISTED).map(({ record, event, reason }) => {
          const { kind, id } = recordOf(record);
          return (
            <li key={event}>
              <RecordName kind={kind} id={id} plain /> {reasonOf(reason)}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
