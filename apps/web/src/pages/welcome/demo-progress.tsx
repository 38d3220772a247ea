import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api/api.ts';
import type { Paths } from '../../api/schema.ts';
import { formatters } from '../../format/format.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { queryClient } from '../../queries/client.ts';
import { useWelcomeTexts } from '../../texts/welcome/index.ts';
import css from './welcome.module.css';

type Progress = Paths['/demo']['get']['answer'];
const EVERY = 500;

/** The sample data as it loads, file by file. It goes on by itself when the page is left. */
export function DemoProgress() {
  const t = useWelcomeTexts();
  const begin = () =>
    api.post('/demo', {}).then(
      () => queryClient.invalidateQueries({ queryKey: ['demo'] }),
      (error: unknown) => queryClient.setQueryData(['demo'], { status: 'failed', steps: [], problem: String(error) } satisfies Progress),
    );
  useEffect(() => void begin(), []);
  const { data, error } = useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => api.get('/demo', { signal }).then((answer) => answer.data),
    refetchInterval: ({ state }) => (state.data?.status === 'done' || state.data?.status === 'failed' ? false : EVERY),
  });
  const done = data?.status === 'done';
  return (
    <>
      <div>
        <h1>{done ? t('ready') : t('loading')}</h1>
        {!done && <p className="muted">{t('loadingHint')}</p>}
      </div>
      {error && <ProblemNotice error={error} />}
      {data?.status === 'failed' && (
        <Notice wrong>
          <strong>{t('failed')}</strong> {t('failedHint')} {data.problem}
        </Notice>
      )}
      <ol className={css.steps} aria-live="polite">
        {data?.steps.map((step) => (
          <Step key={step.resource} step={step} />
        ))}
      </ol>
      <div className="row">
        <Button component="a" href="/" variant={done ? 'filled' : 'default'}>
          {t('open')}
        </Button>
        {data?.status === 'failed' && <Button onClick={() => void begin()}>{t('begin')}</Button>}
      </div>
    </>
  );
}

const NAMES = ['users', 'products', 'accounts', 'contacts', 'opportunities'] as const;

function Step({ step: { resource, row, rows } }: { step: Progress['steps'][number] }) {
  const t = useWelcomeTexts();
  const name = NAMES.find((one) => one === resource);
  const format = formatters(t.language, 'UTC');
  const share = rows === 0 ? 0 : (100 * row) / rows;
  return (
    <li className={css.step}>
      <span className="medium">{name ? t(name) : resource}</span>
      <span className="muted">{rows === 0 ? t('waiting') : t('ofRows', { row: format.number(row), rows: format.number(rows) })}</span>
      <span className={css.track}>
        <i style={{ width: `${share}%` }} />
      </span>
    </li>
  );
}
