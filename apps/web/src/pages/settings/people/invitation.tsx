import { Button, Modal } from '@mantine/core';
import { api } from '../../../api/api.ts';
import type { Schemas } from '../../../api/schema.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePeopleTexts } from '../../../texts/people/index.ts';
import { CopyLine } from '../copy.tsx';
import css from '../settings.module.css';

export type Made = Schemas['Invitation'] & { name: string };

/** Makes a link for somebody to choose a password by. What it answers is shown once: nobody, not even the server, has it afterwards. */
export function useInvite(): (user: { id: string; name: string }) => Promise<Made | undefined> {
  const [t, acts] = [usePeopleTexts(), useActs()];
  return async ({ id, name }) => {
    const made = await acts.attempt(
      'workspace',
      (act) => api.post('/users/{id}/invitation', { params: { id }, body: {}, act }),
      () => t('invitedSaid', { name }),
    );
    if (made) await refresh('workspace.user');
    return made && { ...made.data, name };
  };
}

export const linkOf = (token: string): string => `${location.origin}/join?token=${token}`;

/** The link itself, to be copied now. */
export function LinkShown({ made }: { made: Made }) {
  const [t, format] = [usePeopleTexts(), useFormat()];
  return (
    <div className={css.secret}>
      <CopyLine text={linkOf(made.token)} label={t('linkTitle', { name: made.name })} />
      <p className="sm muted">{t.rich('linkHint', { name: <bdi>{made.name}</bdi>, until: format.dateTime(made.until) })}</p>
    </div>
  );
}

export function LinkDialog({ made, onClose }: { made: Made | undefined; onClose: () => void }) {
  const [t, parts] = [usePeopleTexts(), usePartTexts()];
  return (
    <Modal
      opened={made !== undefined}
      onClose={onClose}
      title={made && t('linkTitle', { name: made.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': parts('close') }}
    >
      {made && <LinkShown made={made} />}
      <Button variant="filled" mt="lg" onClick={onClose}>
        {parts('done')}
      </Button>
    </Modal>
  );
}
