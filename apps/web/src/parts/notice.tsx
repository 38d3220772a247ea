import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem, Unreachable } from '../api/problem.ts';
import { seeingAs } from '../session/seeing-as.ts';
import { usePartTexts } from '../texts/parts/index.ts';
import { Icon, type IconName } from './icon.tsx';
import css from './parts.module.css';

/** A sentence beside the thing it is about. */
export function Notice({ icon = 'info', wrong = false, children }: { icon?: IconName; wrong?: boolean; children: ReactNode }) {
  return (
    <div className={`${css.notice} ${wrong ? css.wrong : ''}`} role={wrong ? 'alert' : 'note'}>
      <Icon name={wrong ? 'alert' : icon} />
      <div>{children}</div>
    </div>
  );
}

/** What went wrong, in words, why, and what to do next. */
export function ProblemNotice({ error, again }: { error: unknown; again?: () => void }) {
  const t = usePartTexts();
  const say = useProblemTexts();
  const { title, detail } = say(error);
  return (
    <Notice wrong>
      <strong>{title}</strong> {detail}
      {error instanceof ApiProblem && error.fields.length > 0 && (
        <ul className={css.fields}>
          {error.fields.map(({ field, problem, hint }) => (
            <li key={`${field} ${problem}`} dir="ltr">
              <bdi>{`${field} ${problem}${hint ? ` (${hint})` : ''}`}</bdi>
            </li>
          ))}
        </ul>
      )}
      {again && (
        <div style={{ marginTop: 8 }}>
          <Button size="xs" onClick={again}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
    </Notice>
  );
}

/** A problem in two sentences: what, and what next. */
export function useProblemTexts(): (error: unknown) => { title: string; detail?: string } {
  const t = usePartTexts();
  return (error) => {
    if (error instanceof Unreachable) return { title: t('problemUnreachable'), detail: t('problemUnreachableNext') };
    if (!(error instanceof ApiProblem)) return { title: t('problemHere'), detail: t('problemHereNext') };
    switch (error.status) {
      case 403:
        if (seeingAs()) return { title: t('problemSeeingAs'), detail: t('problemSeeingAsNext') };
        return {
          title: t('problemForbidden'),
          detail: error.rule ? t('problemForbiddenRule', { rule: error.rule }) : t('problemForbiddenNext'),
        };
      case 404:
        return { title: t('problemGone'), detail: t('problemGoneNext') };
      case 410:
        return { title: t('problemErased') };
      case 412:
        return { title: t('problemConflict'), detail: t('problemConflictNext') };
      case 429:
      case 503:
        return { title: t('problemBusy'), detail: t('problemBusyNext') };
      case 500:
        return { title: t('problemServer'), detail: error.requestId ? t('problemServerNext', { id: error.requestId }) : undefined };
      default:
        return { title: t('problemRefused'), detail: error.message };
    }
  };
}
