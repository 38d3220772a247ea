import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../format/use-format.ts';
import { Empty } from '../../parts/empty.tsx';
import { someQuery } from '../../queries/lists.ts';
import { useHolds } from '../../queries/me.ts';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import { ADMINISTRATOR } from './roles/starting-roles.ts';
import { SettingsPage } from './settings-page.tsx';
import type { SettingsPage as Page } from './settings-pages.ts';

/** What stands at the address of a page that is not for one's role: that it is so, and who can. */
export function NotYours({ page }: { page: Page }) {
  const [t, format, holds] = [useSettingsTexts(), useFormat(), useHolds()];
  const filter = `roleIds has ${JSON.stringify(ADMINISTRATOR)} and active eq true`;
  const { data = [] } = useQuery({ ...someQuery('workspace.user', { filter, sort: 'name' }, 5), enabled: holds('read', 'workspace.user') });
  return (
    <SettingsPage title={t(page.title)}>
      <Empty
        level={2}
        title={t('notYours')}
        acts={
          <Button component={Link} to="/settings">
            {t('toSettings')}
          </Button>
        }
      >
        {t('notYoursHint', { page: t(page.title) })}
        {data.length > 0 && (
          <>
            <br />
            <bdi>{t('whoCan', { names: format.list(data.map(({ name }) => name)) })}</bdi>
          </>
        )}
      </Empty>
    </SettingsPage>
  );
}
