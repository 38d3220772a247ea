import { useImportTexts } from '../../texts/import/index.ts';
import { Icon } from '../../parts/icon.tsx';
import css from './import.module.css';

const STEPS = ['file', 'columns', 'check', 'run'] as const;
export type Step = (typeof STEPS)[number] | 'over';

/** How far an import has come, and what is still before it. */
export function Steps({ at }: { at: Step }) {
  const t = useImportTexts();
  const now = at === 'over' ? STEPS.length : STEPS.indexOf(at);
  return (
    <ol className={css.steps} aria-label={t('steps')}>
      {STEPS.map((step, place) => (
        <li
          key={step}
          className={css.step}
          data-is={place < now ? 'done' : place === now ? 'now' : 'later'}
          aria-current={place === now ? 'step' : undefined}
        >
          <span className={css.mark} aria-hidden="true">
            {place < now ? <Icon name="check" size="s" /> : <span>{place + 1}</span>}
          </span>
          <span className={css.stepName}>{t(step)}</span>
        </li>
      ))}
    </ol>
  );
}
