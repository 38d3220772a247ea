import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { problemOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { isSomebodyHere } from '../../session/session.ts';
import { Logo } from '../../shell/logo.tsx';
import { changeLanguage } from '../../texts/area.ts';
import { useJoinTexts } from '../../texts/join/index.ts';
import { useWelcomeTexts } from '../../texts/welcome/index.ts';
import { LANGUAGES } from '../../theme/look.ts';
import css from '../welcome/welcome.module.css';
import { JoinForm, type Invited } from './join-form.tsx';

export const route = createLazyRoute('/join')({ component: Join });
const from = getRouteApi('/join');

/** Where a link leads that lets somebody in: they choose a password and are signed in with it. */
function Join() {
  const t = useJoinTexts();
  const { token = '' } = from.useSearch();
  const link = useQuery({
    queryKey: ['join', token],
    queryFn: async (): Promise<Invited> => {
      const answer = await fetch(`/api/join?${new URLSearchParams({ token })}`);
      if (!answer.ok) throw await problemOf(answer);
      return { ...((await answer.json()) as Omit<Invited, 'former'>), former: await isSomebodyHere() };
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = LANGUAGES.find((one) => one === link.data?.language);
  useEffect(() => {
    // They read it in the language that was chosen for them.
    if (language) void changeLanguage(language);
  }, [language]);
  const spent = link.error instanceof ApiProblem && link.error.status === 410;
  document.title = `${t('page')} · Rapport`;
  return (
    <main className={css.page}>
      <div className={css.box}>
        <span className={css.logo}>
          <Logo size={44} />
        </span>
        {spent ? (
          <Spent />
        ) : link.error ? (
          <ProblemNotice error={link.error} again={() => void link.refetch()} />
        ) : (
          link.data && (
            <>
              <div>
                <h1>{t('title', { name: link.data.name })}</h1>
                <p className="muted">{t('lead')}</p>
              </div>
              <JoinForm token={token} invited={link.data} onSpent={() => void link.refetch()} />
            </>
          )
        )}
      </div>
    </main>
  );
}

function Spent() {
  const [t, welcome] = [useJoinTexts(), useWelcomeTexts()];
  return (
    <>
      <div>
        <h1>{t('spent')}</h1>
        <p className="muted">{t('spentHint')}</p>
      </div>
      <p>
        <a href="/">{welcome('goSignIn')}</a>
      </p>
    </>
  );
}
