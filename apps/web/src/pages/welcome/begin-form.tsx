import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { problemOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { beginWith } from '../../session/session.ts';
import { LANGUAGE_NAMES } from '../../shell/language-names.ts';
import { changeLanguage } from '../../texts/area.ts';
import { useWelcomeTexts } from '../../texts/welcome/index.ts';
import { LANGUAGES, type Language } from '../../theme/look.ts';
import css from './welcome.module.css';

export type Begin = 'sample' | 'import' | 'empty';
const LEAST = 12;

/** Name, address, password, language, and what to begin with. What is wrong is said at its field; what was typed stays. */
export function BeginForm({ token, onBegan }: { token: string; onBegan: (begin: Begin) => void }) {
  const t = useWelcomeTexts();
  const [form, setForm] = useState({ name: '', email: '', password: '' });
  const [begin, setBegin] = useState<Begin>('sample');
  const [faults, setFaults] = useState<Partial<Record<keyof typeof form, string>>>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const set = (patch: Partial<typeof form>) => setForm((now) => ({ ...now, ...patch }));
  const problem = error instanceof ApiProblem ? error : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    const found = {
      ...(form.name.trim() ? {} : { name: t('nameMissing') }),
      ...(form.email.trim() ? {} : { email: t('emailMissing') }),
      ...(form.password.length < LEAST ? { password: t('passwordShort') } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const answer = await fetch('/api/welcome', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, ...form, language: t.language }),
      });
      if (!answer.ok) throw await problemOf(answer);
      if (!(await beginWith(form.email.trim().toLowerCase(), form.password))) location.assign('/');
      if (begin === 'sample') onBegan(begin);
      else location.assign(begin === 'import' ? '/import/contacts' : '/');
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={css.form} noValidate onSubmit={(event) => void submit(event)}>
      {error !== undefined && (!problem || problem.fields.length === 0) && <ProblemNotice error={error} />}
      <TextInput
        label={t('name')}
        autoComplete="name"
        dir="auto"
        maxLength={200}
        required
        value={form.name}
        error={faults.name ?? problem?.of('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('email')}
        description={t('emailHint')}
        type="email"
        dir="ltr"
        autoComplete="username"
        required
        value={form.email}
        error={faults.email ?? problem?.of('email')}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('password')}
        description={t('passwordHint')}
        dir="ltr"
        autoComplete="new-password"
        maxLength={256}
        required
        value={form.password}
        error={faults.password ?? problem?.of('password')}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <Select
        label={t('language')}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={t.language}
        allowDeselect={false}
        onChange={(language) => void changeLanguage(language as Language)}
      />
      <fieldset className={css.choices}>
        <legend>{t('beginWith')}</legend>
        <Choice value="sample" now={begin} onChoose={setBegin} title={t('sample')} hint={t('sampleHint')} />
        <Choice value="import" now={begin} onChoose={setBegin} title={t('import')} hint={t('importHint')} />
        <Choice value="empty" now={begin} onChoose={setBegin} title={t('empty')} hint={t('emptyHint')} />
      </fieldset>
      <Button type="submit" variant="filled" loading={busy}>
        {t('begin')}
      </Button>
    </form>
  );
}

function Choice({
  value,
  now,
  onChoose,
  title,
  hint,
}: {
  value: Begin;
  now: Begin;
  onChoose: (value: Begin) => void;
  title: ReactNode;
  hint: ReactNode;
}) {
  return (
    <label className={css.choice}>
      <input type="radio" name="begin" value={value} checked={now === value} onChange={() => onChoose(value)} />
      <span>
        <b>{title}</b>
        {hint}
      </span>
    </label>
  );
}
