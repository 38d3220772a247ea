import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { refresh } from '../../../queries/refresh.ts';
import type { Grant } from '../../../parts/grants/grant-sentence.tsx';
import { Drawer } from '../../../parts/drawer.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useRoleTexts } from '../../../texts/roles/index.ts';
import css from '../settings.module.css';
import { EMPTY_GRANT, GrantEditor, isWholeGrant } from './grant-editor.tsx';

/** Makes a role, in a drawer beside the list. */
export function NewRole({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, parts, acts] = [useRoleTexts(), usePartTexts(), useActs()];
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
    <Drawer
      opened={opened}
      onClose={close}
      title={t('new')}
      foot={
        <>
          <Button type="submit" form="new-role" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {parts('cancel')}
          </Button>
        </>
      }
    >
      <form
        id="new-role"
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
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
      </form>
    </Drawer>
  );
}
