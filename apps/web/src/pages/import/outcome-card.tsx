import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { isKind, serviceOf } from '../../api/kinds.ts';
import { useFormat } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Notice } from '../../parts/notice.tsx';
import { saveAnswer } from '../../parts/list/bulk.ts';
import { RecordName, useIsPage } from '../../parts/record-name.tsx';
import { Stat } from '../../parts/stat.tsx';
import { useMay } from '../../queries/me.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { noteDone, useDone, type Done } from '../../undo/done.ts';
import type { ImportPage } from './import-queries.ts';
import type { Importable } from './importables.ts';
import css from './import.module.css';

const COUNTS = ['created', 'updated', 'unchanged', 'skipped', 'rejected', 'noted'] as const;
const SHOWN_LEFT = 20;

/** What a trial run would come to, or what an import came to: in numbers, with the rejected rows and the way back. */
export function OutcomeCard({ of, page }: { of: Importable; page: ImportPage }) {
  const [t, format, acts, may, isPage] = [useImportTexts(), useFormat(), useActs(), useMay(), useIsPage()];
  const service = serviceOf(of.kind);
  const done = useDone().find(({ act }) => act === page.id);
  const { counts, status } = page;
  const written = status !== 'checked' && counts.created + counts.updated > 0;
  const name = page.label ?? t('unnamed');
  const undo = () =>
    void acts.undo(
      done?.state === 'done' ? done : noteDone(service, page.id, t('imported', { file: name, n: counts.created + counts.updated })),
    );
  // As the server has it: somebody else may have taken it back, or done it again.
  const { undone } = page;
  const redo = () =>
    undone && void acts.redo({ act: page.id, service, said: name, at: Date.parse(undone.at), state: 'undone', back: undone.correlation });
  return (
    <Card title={t(status === 'checked' ? 'wouldBe' : 'hasBeen')}>
      <div className={css.counts}>
        {COUNTS.filter((one) => one === 'created' || one === 'rejected' || counts[one] > 0).map((one) => (
          <Stat
            key={one}
            label={t(one)}
            value={
              <span className={one === 'rejected' && counts[one] > 0 ? 'attn' : counts[one] === 0 ? 'faint' : undefined}>
                {format.number(counts[one])}
              </span>
            }
          />
        ))}
      </div>
      <div className={css.acts}>
        {counts.rejected > 0 && status !== 'expired' && (
          <Button
            leftSection={<Icon name="export" />}
            title={t('rejectedHint')}
            onClick={() =>
              void saveAnswer(`/${of.resource}/imports/${page.id}/rejected`, `rejected-${name.replace(/\.csv$/i, '')}`).catch(acts.refused)
            }
          >
            {t('rejectedFile')}
          </Button>
        )}
        {written && !undone && may('undo', of.kind) && (
          <Button
            leftSection={<Icon name="undo" />}
            aria-disabled={done?.state === 'undoing'}
            onClick={() => done?.state !== 'undoing' && undo()}
          >
            {t(done?.state === 'undoing' ? 'undoing' : 'undoImport')}
          </Button>
        )}
        {undone && may('undo', of.kind) && (
          <Button leftSection={<Icon name="redo" />} onClick={redo}>
            {t('redoImport')}
          </Button>
        )}
        {written && isPage(of.list) && (
          <Button component={Link} to={of.list} variant="subtle">
            {t('look', { what: t(of.resource) })}
          </Button>
        )}
      </div>
      {undone && <TakenBack undone={undone} left={done?.left ?? []} />}
    </Card>
  );
}

const REASONS: Record<string, 'reason_changed' | 'reason_referred' | 'reason_noWay'> = {
  'changed-since': 'reason_changed',
  'referred-to-since': 'reason_referred',
  'no-way-back': 'reason_noWay',
};

/** What went back, and what did not: each with its reason where it was taken back here. */
function TakenBack({ undone, left }: { undone: NonNullable<ImportPage['undone']>; left: NonNullable<Done['left']> }) {
  const t = useImportTexts();
  if (undone.left === 0)
    return (
      <div style={{ marginTop: 16 }}>
        <Notice icon="check">
          <strong>{t('undoneAll')}</strong> {t('undoneAllHint')}
        </Notice>
      </div>
    );
  return (
    <div style={{ marginTop: 16 }}>
      <Notice wrong>
        <strong>{t('undonePartly', { n: undone.done + undone.left, done: undone.done })}</strong> {t('leftAlone')}
        <ul className={css.left}>
          {left.slice(0, SHOWN_LEFT).map(({ record, event, reason }) => {
            const [kind = '', id = ''] = record.split('/');
            return (
              <li key={event}>
                {isKind(kind) ? <RecordName kind={kind} id={id} className="medium" /> : <bdi>{record}</bdi>}{' '}
                <span>{REASONS[reason] ? t(REASONS[reason]) : t('reason_other', { code: reason })}</span>
              </li>
            );
          })}
          {left.length > SHOWN_LEFT && <li>{t('andMore', { n: left.length - SHOWN_LEFT })}</li>}
        </ul>
      </Notice>
    </div>
  );
}
