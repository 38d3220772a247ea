import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { problemOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { changeTo } from '../../session/session.ts';
import { useJoinTexts } from '../../texts/join/index.ts';
import { useWelcomeTexts } from '../../texts/welcome/index.ts';
import css from '../welcome/welcome.module.css';

/** Whose link it is. `former`: somebody is signed in here already. */
export type Invited = { name: string; email: string; language?: string; former: boolean };
const LEAST = 12;

export function JoinForm({ token, invited, onSpent }: { token: string; invited: Invited; onSpent: () => void }) {
  const [t, welcome] = [useJoinTexts(), useWelcomeTexts()];
  const [password, setPassword] = useState('');
  const [isShort, setIsShort] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const problem = error instanceof ApiProblem ? error : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    setIsShort(password.length < LEAST);
    if (password.length < LEAST) return;
    setBusy(true);
    try {
      const answer = await fetch('/api/join', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, password }),
      });
      if (!answer.ok) throw await problemOf(answer);
      // Where that does not work out, the sign-in page is what comes next.
      await changeTo(invited.email, password);
      location.assign('/');
    } catch (refused) {
      setError(refused);
      setBusy(false);
      if (refused instanceof ApiProblem && refused.status === 410) onSpent();
    }
  };
  return (
    <form className={css.form} noValidate onSubmit={(event) => void submit(event)}>
      {error !== undefined && (!problem || problem.fields.length === 0) && <ProblemNotice error={error} />}
      <TextInput label={t('email')} type="email" dir="ltr" autoComplete="username" readOnly value={invited.email} />
      <PasswordInput
        label={welcome('password')}
        description={welcome('passwordHint')}
        dir="ltr"
        autoComplete="new-password"
        maxLength={256}
        required
        value={password}
        error={isShort ? welcome('passwordShort') : problem?.of('password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {invited.former && <Notice>{t('former')}</Notice>}
      <Button type="submit" variant="filled" loading={busy}>
        {t('begin')}
      </Button>
    </form>
  );
}
