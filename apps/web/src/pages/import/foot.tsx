import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useImportTexts } from '../../texts/import/index.ts';
import { beginImport, isBusy, type ImportPage } from './import-queries.ts';
import type { Importable } from './importables.ts';
import css from './import.module.css';

/** What comes next, always in view: to try, to import; and how far it is. */
export function Foot({ of, page }: { of: Importable; page: ImportPage }) {
  const [t, acts] = [useImportTexts(), useActs()];
  const [beginning, setBeginning] = useState(false);
  const begin = async (what: 'check' | 'run' | 'cancel') => {
    setBeginning(true);
    await beginImport(of, page.id, what).catch(acts.refused);
    setBeginning(false);
  };
  const button = (what: 'check' | 'run' | 'cancel', text: string, filled = false) => (
    <Button variant={filled ? 'filled' : 'default'} aria-disabled={beginning} onClick={() => !beginning && void begin(what)}>
      {text}
    </Button>
  );
  const { rows, status } = page;
  return (
    <div className={css.foot} role="region" aria-label={t('steps')}>
      {isBusy(status) ? <Moving page={page} /> : <span className="muted">{t('nothingWritten')}</span>}
      <span className={css.footActs}>
        {isBusy(status) && button('cancel', t('stop'))}
        {status === 'ready' && button('check', t('checkAll', { n: rows }), true)}
        {status === 'checked' && (
          <>
            {button('check', t('checkAgain'))}
            {button('run', t('importAll', { n: rows }), true)}
          </>
        )}
        {status === 'failed' && (
          <>
            {button('check', t('checkAgain'))}
            {button('run', t('importRest'), true)}
          </>
        )}
      </span>
    </div>
  );
}

/** How far it has come. */
function Moving({ page: { status, pass, row, rows } }: { page: ImportPage }) {
  const [t, format] = [useImportTexts(), useFormat()];
  const what = t(status === 'checking' ? 'checking' : pass === 2 ? 'links' : 'running');
  return (
    <>
      <span
        className={css.track}
        role="progressbar"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={rows}
        aria-valuenow={row}
        aria-valuetext={t('progress', { row: format.number(row), rows: format.number(rows) })}
      >
        <i style={{ width: `${rows === 0 ? 0 : (100 * row) / rows}%` }} />
      </span>
      <span className="medium">{what}</span>
      <span className="num">{t('progress', { row: format.number(row), rows: format.number(rows) })}</span>
      <span className="muted desk-only">{t('leaveIt')}</span>
    </>
  );
}
