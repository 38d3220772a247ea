import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { refresh } from '../../../queries/refresh.ts';
import type { Grant } from '../../../parts/grants/grant-sentence.tsx';
import { FormDrawer } from '../../../parts/form-drawer.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useRoleTexts } from '../../../texts/roles/index.ts';
import { EMPTY_GRANT, GrantEditor, isWholeGrant } from './grant-editor.tsx';

/** Makes a role, in a drawer beside the list. */
export function NewRole({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, acts] = [useRoleTexts(), useActs()];
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [grants, setGrants] = useState<Grant[]>([EMPTY_GRANT]);
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setName('');
    setGrants([EMPTY_GRANT]);
    setError(undefined);
    onClose();
  };
  const save = async () => {
    if (!name.trim() || !grants.every(isWholeGrant)) return setError('incomplete');
    try {
      const { data } = await acts.perform(
        'workspace',
        (act) => api.post('/roles', { body: { name: name.trim(), grants }, act }),
        () => t('made', { name: name.trim() }),
      );
      await refresh('workspace.role');
      close();
      return void navigate({ to: '/settings/roles/$id', params: { id: data.id } });
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    <FormDrawer opened={opened} title={t('new')} error={error} onSave={save} onClose={close}>
      <TextInput
        label={t('name')}
        data-autofocus
        dir="auto"
        maxLength={60}
        value={name}
        error={error === 'incomplete' && !name.trim() ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <div className="sm medium">{t('grants')}</div>
        <p className="xs muted" style={{ marginBottom: 8 }}>
          {t('grantsHint')}
        </p>
        <GrantEditor value={grants} onChange={setGrants} explain={error === 'incomplete'} narrow />
        {problem?.of('grants') && <p className="xs attn">{problem.of('grants')}</p>}
      </div>
    </FormDrawer>
  );
}
