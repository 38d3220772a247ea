import { Button, Radio } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { usePartTexts } from '../texts/parts/index.ts';
import css from './conflict.module.css';

/** A field in which two versions differ. */
export type Difference = { field: string; label: string; mine: unknown; theirs: unknown };

/** Both versions of what was edited at once, field by field, one's own chosen first: nothing is dropped silently. */
export function Conflict({
  differences,
  show,
  onSave,
  onDrop,
}: {
  differences: readonly Difference[];
  show: (field: string, value: unknown) => ReactNode;
  onSave: (chosen: Record<string, unknown>) => void;
  onDrop: () => void;
}) {
  const t = usePartTexts();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, mine: boolean) => {
    const next = new Set(theirs);
    if (mine) next.delete(field);
    else next.add(field);
    setTheirs(next);
  };
  return (
    <div role="group" aria-label={t('conflictTitle')}>
      <p className="sm">{t('conflictTitle')}</p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('conflictField')}</th>
            <th scope="col">{t('conflictMine')}</th>
            <th scope="col">{t('conflictTheirs')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, label, mine, theirs: other }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>
                <Radio
                  name={`conflict-${field}`}
                  checked={!theirs.has(field)}
                  onChange={() => choose(field, true)}
                  label={show(field, mine)}
                />
              </td>
              <td>
                <Radio
                  name={`conflict-${field}`}
                  checked={theirs.has(field)}
                  onChange={() => choose(field, false)}
                  label={show(field, other)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row wrap">
        <Button
          variant="filled"
          onClick={() =>
            onSave(Object.fromEntries(differences.filter(({ field }) => !theirs.has(field)).map(({ field, mine }) => [field, mine])))
          }
        >
          {t('conflictSave')}
        </Button>
        <Button variant="subtle" onClick={onDrop}>
          {t('conflictDrop')}
        </Button>
      </div>
    </div>
  );
}
