import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useIsPage } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../queries/me.ts';
import { useHomeTexts } from '../../texts/home/index.ts';

const DemoProgress = lazy(() => import('../welcome/demo-progress.tsx').then(({ DemoProgress: component }) => ({ default: component })));

/** With nothing here yet: the sample data, a file, or typing. */
export function BeginCard() {
  const [t, may, isPage] = [useHomeTexts(), useMay(), useIsPage()];
  const [loading, setLoading] = useState(false);
  if (loading)
    return (
      <Card title={t('sample')}>
        <Suspense fallback={<Skeleton />}>
          <DemoProgress />
        </Suspense>
      </Card>
    );
  return (
    <Card title={t('begin')}>
      <Empty
        title={t('nothingYet')}
        acts={
          <>
            {may('manage', 'workspace.user') && (
              <Button variant="filled" onClick={() => setLoading(true)}>
                {t('loadSample')}
              </Button>
            )}
            {isPage('/import/$kind') && may('import', 'contacts.contact') && (
              <Button component={Link} to="/import/contacts" leftSection={<Icon name="import" />}>
                {t('importFile')}
              </Button>
            )}
            <Button component={Link} to="/contacts">
              {t('addContact')}
            </Button>
          </>
        }
      >
        {t('nothingYetHint')}
      </Empty>
    </Card>
  );
}
