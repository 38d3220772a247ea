import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { ApiProblem } from '../api/problem.ts';
import { Empty } from '../parts/empty.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useShellTexts } from '../texts/shell/index.ts';

/** A page that could not be shown: why, and what to do. The frame around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useShellTexts();
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return (
    <Page title={t('wrong')}>
      <div style={{ maxWidth: 640 }}>
        <ProblemNotice error={error} again={reset} />
      </div>
    </Page>
  );
}

/** An address that is no page, or a record that is not there for whoever asks. */
export function NotFound() {
  const t = useShellTexts();
  return (
    <Page title={t('notFound')}>
      <Empty
        level={2}
        title={t('notFoundTitle')}
        acts={
          <Button component={Link} to="/">
            {t('goHome')}
          </Button>
        }
      >
        {t('notFoundHint')}
      </Empty>
    </Page>
  );
}
