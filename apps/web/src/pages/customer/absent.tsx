import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { useFormat } from '../../format/use-format.ts';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { queryClient } from '../../queries/client.ts';
import { useMay } from '../../queries/me.ts';
import { NotFound } from '../../shell/error-page.tsx';
import { useActs } from '../../shell/use-acts.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { CONTACT, type Customer } from './kinds.ts';
import { nameIn } from './members.ts';
import { historyQuery } from './queries.ts';
import { Waiting } from './waiting.tsx';

/** A customer that is in the bin, with the way out of it; or none at all. */
export function Absent({ of, id }: { of: Customer; id: string }) {
  const [t, format, may, acts] = [useCustomerTexts(), useFormat(), useMay(), useActs()];
  const { data, error } = useQuery(historyQuery(of.resource, id));
  if (error) return <NotFound />;
  if (!data) return <Waiting of={of} />;
  const last = data.findLast(({ type }) => type === `${of.kind}.removed` || type === `${of.kind}.restored`);
  if (!last?.type.endsWith('.removed')) return <NotFound />;
  const name = nameIn(data) ?? '';
  const restore = async () => {
    const path = `/${of.resource}/${id}/restore`;
    await acts.attempt(
      'contacts',
      (act) => api.send('post', path, {}, { act }),
      () => t('restoredSaid', { name }),
    );
    await queryClient.invalidateQueries();
  };
  return (
    <Page title={name} crumbs={[{ text: t(of === CONTACT ? 'contacts' : 'accounts'), to: `/${of.resource}` }]}>
      <Empty
        level={2}
        title={t('inBin', { name })}
        acts={
          may('remove', of.kind) && (
            <Button variant="filled" leftSection={<Icon name="undo" size="s" />} onClick={() => void restore()}>
              {t('restore')}
            </Button>
          )
        }
      >
        {t.rich('inBinSince', { day: format.date(last.at), who: <RecordName kind="workspace.user" id={last.actor} plain /> })}
      </Empty>
    </Page>
  );
}
