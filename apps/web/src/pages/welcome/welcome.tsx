import { createLazyRoute, getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Logo } from '../../shell/logo.tsx';
import { useWelcomeTexts } from '../../texts/welcome/index.ts';
import { BeginForm, type Begin } from './begin-form.tsx';
import { DemoProgress } from './demo-progress.tsx';
import css from './welcome.module.css';

export const route = createLazyRoute('/welcome')({ component: Welcome });
const from = getRouteApi('/welcome');

/** The first run: who is the administrator, and what to begin with. */
function Welcome() {
  const t = useWelcomeTexts();
  const { token = '' } = from.useSearch();
  const [began, setBegan] = useState<Begin>();
  const link = useQuery({
    queryKey: ['welcome', token],
    queryFn: async () => {
      const answer = await fetch(`/api/welcome?${new URLSearchParams({ token })}`);
      if (!answer.ok) throw await problemOf(answer);
      return ((await answer.json()) as { good: boolean }).good;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const spent = link.error instanceof ApiProblem && link.error.status === 410;
  document.title = `${t('title')} · Rapport`;
  return (
    <main className={css.page}>
      <div className={css.box}>
        <span className={css.logo}>
          <Logo size={44} />
        </span>
        {spent && !began ? (
          <Spent />
        ) : began === 'sample' ? (
          <DemoProgress />
        ) : (
          <>
            <div>
              <h1>{t('title')}</h1>
              <p className="muted">{t('lead')}</p>
            </div>
            {link.error && <ProblemNotice error={link.error} again={() => void link.refetch()} />}
            {link.data && <BeginForm token={token} onBegan={setBegan} />}
          </>
        )}
      </div>
    </main>
  );
}

function Spent() {
  const t = useWelcomeTexts();
  return (
    <>
      <div>
        <h1>{t('spent')}</h1>
        <p className="muted">{t('spentHint')}</p>
      </div>
      <code className={css.command}>{COMMAND}</code>
      <p>
        <a href="/">{t('goSignIn')}</a>
      </p>
    </>
  );
}

const COMMAND = './rapport token --welcome';
