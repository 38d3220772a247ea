import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/api.ts';
import { resourceOf, serviceOf, type Kind } from '../../api/kinds.ts';
import { Icon } from '../../parts/icon.tsx';
import { refresh } from '../../queries/refresh.ts';
import { useActs } from '../../shell/use-acts.ts';

/** Removes what its page shows, at once and with a way back, and goes to the list it was in. `besides`: other kinds that show it. */
export function RemoveRecord({
  kind,
  id,
  text,
  said,
  list,
  besides = [],
}: {
  kind: Kind;
  id: string;
  text: string;
  said: string;
  list: '/settings/roles' | '/settings/teams' | '/settings/pipelines';
  besides?: readonly Kind[];
}) {
  const acts = useActs();
  const navigate = useNavigate();
  const remove = async () => {
    const gone = await acts.attempt(
      serviceOf(kind),
      (act) => api.send('post', `/${resourceOf(kind)}/${id}/remove`, {}, { act }),
      () => said,
    );
    if (!gone) return;
    void navigate({ to: list });
    await refresh(kind, ...besides);
  };
  return (
    <div>
      <Button variant="subtle" color="red" leftSection={<Icon name="trash" size="s" />} onClick={() => void remove()}>
        {text}
      </Button>
    </div>
  );
}
