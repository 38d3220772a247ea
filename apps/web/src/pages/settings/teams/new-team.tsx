import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { refresh } from '../../../queries/refresh.ts';
import { FormDrawer } from '../../../parts/form-drawer.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useTeamTexts } from '../../../texts/teams/index.ts';

/** Makes a team, in a drawer beside the tree. */
export function NewTeam({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, fieldOf, acts] = [useTeamTexts(), useFieldTexts(), useActs()];
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [parentId, setParent] = useState<string>();
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setName('');
    setParent(undefined);
    setError(undefined);
    onClose();
  };
  const save = async () => {
    if (!name.trim()) return setError('nameless');
    try {
      const { data } = await acts.perform(
        'workspace',
        (act) => api.post('/teams', { body: { name: name.trim(), ...(parentId ? { parentId } : {}) }, act }),
        () => t('made', { name: name.trim() }),
      );
      await refresh('workspace.team', 'workspace.user');
      close();
      return void navigate({ to: '/settings/teams/$id', params: { id: data.id } });
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    <FormDrawer opened={opened} title={t('new')} error={error} onSave={save} onClose={close}>
      <TextInput
        label={fieldOf('name')}
        data-autofocus
        dir="auto"
        maxLength={200}
        value={name}
        error={error === 'nameless' ? t('nameMissing') : problem?.of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RecordPicker
        kind="workspace.team"
        label={fieldOf('parentId')}
        description={t('parentHint')}
        value={parentId}
        clearable
        error={problem?.of('parentId')}
        onChange={setParent}
      />
    </FormDrawer>
  );
}
