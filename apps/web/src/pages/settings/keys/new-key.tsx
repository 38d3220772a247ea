import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { refresh } from '../../../queries/refresh.ts';
import { FormDrawer } from '../../../parts/form-drawer.tsx';
import { DayField } from '../../../parts/fields/form-fields.tsx';
import type { Grant } from '../../../parts/grants/grant-sentence.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useKeyTexts } from '../../../texts/keys/index.ts';
import { CopyButton, CopyLine } from '../copy.tsx';
import { EMPTY_GRANT, GrantEditor, isWholeGrant } from '../roles/grant-editor.tsx';
import css from '../settings.module.css';

type Made = { id: string; name: string; key: string };
/** A key begins with nothing but looking. */
const FIRST: Grant = { ...EMPTY_GRANT, reach: 'all' };

/** The end of a day here, as a moment. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

/** Makes a key, in a drawer beside the list; then shows it, once. */
export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, acts] = [useKeyTexts(), useActs()];
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Grant[]>([FIRST]);
  const [expires, setExpires] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [made, setMade] = useState<Made>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setName('');
    setScopes([FIRST]);
    setExpires(undefined);
    setError(undefined);
    setMade(undefined);
    onClose();
  };
  const save = async () => {
    if (!name.trim() || !scopes.every(isWholeGrant)) return setError('incomplete');
    setError(undefined);
    const body = { name: name.trim(), scopes, ...(expires ? { expiresAt: endOf(expires) } : {}) };
    try {
      const { data } = await acts.perform(
        'workspace',
        (act) => api.post('/api-keys', { body, act }),
        () => t('made', { name: body.name }),
      );
      setMade({ id: data.id, name: body.name, key: String(data.key) });
      await refresh('workspace.api-key');
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <FormDrawer
      opened={opened}
      title={made ? t('keyTitle', { name: made.name }) : t('new')}
      error={error}
      onSave={save}
      onClose={close}
      instead={made && <Shown made={made} />}
    >
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        data-autofocus
        dir="auto"
        maxLength={100}
        value={name}
        error={error === 'incomplete' && !name.trim() ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <div className="sm medium" style={{ marginBottom: 8 }}>
          {t('scopes')}
        </div>
        <GrantEditor value={scopes} onChange={setScopes} explain={error === 'incomplete'} narrow />
        {problem?.of('scopes') && <p className="xs attn">{problem.of('scopes')}</p>}
      </div>
      <DayField
        label={t('expires')}
        description={t('expiresHint')}
        value={expires}
        error={problem?.of('expiresAt')}
        onChange={setExpires}
      />
    </FormDrawer>
  );
}

function Shown({ made }: { made: Made }) {
  const t = useKeyTexts();
  const curl = `curl -H 'Authorization: Bearer ${made.key}' '${location.origin}/api/v1/me'`;
  return (
    <div className={css.secret}>
      <CopyLine text={made.key} label={t('keyTitle', { name: made.name })} />
      <p className="sm muted">{t('keyHint')}</p>
      <div className="sm medium">{t('tryIt')}</div>
      <pre className={css.pre}>{curl}</pre>
      <div>
        <CopyButton text={curl} />
      </div>
    </div>
  );
}
