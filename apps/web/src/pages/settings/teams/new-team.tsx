import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Drawer } from '../../../parts/drawer.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useTeamTexts } from '../../../texts/teams/index.ts';
import css from '../settings.module.css';

/** Makes a team, in a drawer beside the tree. */
export function NewTeam({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, parts, fieldOf, acts] = [useTeamTexts(), usePartTexts(), useFieldTexts(), useActs()];
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
    <Drawer
      opened={opened}
      onClose={close}
      title={t('new')}
      foot={
        <>
          <Button type="submit" form="new-team" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {parts('cancel')}
          </Button>
        </>
      }
    >
      <form
        id="new-team"
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
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
      </form>
    </Drawer>
  );
}
