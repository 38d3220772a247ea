import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Schemas } from '../../../api/schema.ts';
import { useFormat } from '../../../format/use-format.ts';
import { refresh } from '../../../queries/refresh.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { countQuery, someQuery } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePipelineTexts } from '../../../texts/pipelines/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import css from './pipelines.module.css';

export const route = createLazyRoute('/shell/settings/pipelines')({ component: Pipelines });

export type Pipeline = Schemas['view.sales.pipeline-row'];
const KIND = 'sales.pipeline';
const MOST = 100;
/** The pipelines, each with its stages in a row. */
function Pipelines() {
  const [settings, may, t] = [useSettingsTexts(), useMay(), usePipelineTexts()];
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(someQuery(KIND, { sort: 'name' }, MOST));
  return (
    <SettingsPage
      title={settings('pipelines')}
      about={settings('pipelinesAbout')}
      acts={
        may('create', KIND) && (
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setMaking(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[80, 90]} height={40} />
      ) : (
        <ul className={settingsCss.panelList}>
          {data
            .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))
            .map((pipeline) => (
              <Row key={pipeline.id} pipeline={pipeline} />
            ))}
        </ul>
      )}
      <NewPipeline opened={making} onClose={() => setMaking(false)} />
    </SettingsPage>
  );
}

function Row({ pipeline }: { pipeline: Pipeline }) {
  const [t, format, may] = [usePipelineTexts(), useFormat(), useMay()];
  const used = pipeline.stages.filter(({ retired }) => !retired);
  const filter = `pipelineId eq ${JSON.stringify(pipeline.id)} and status eq "open"`;
  const { data: open } = useQuery({ ...countQuery('sales.opportunity', { filter }), enabled: may('read', 'sales.opportunity') });
  return (
    <li className={css.pipeline}>
      <div className="row wrap">
        <h2>
          <Link to="/settings/pipelines/$id" params={{ id: pipeline.id }}>
            <bdi>{pipeline.name}</bdi>
          </Link>
        </h2>
        {pipeline.isDefault && <Badge tone="act">{t('default')}</Badge>}
        <span className="xs muted">{t('stages', { n: used.length })}</span>
        {open !== undefined && <span className="xs muted end">{t('openDeals', { count: format.count(open) })}</span>}
      </div>
      <ol className={css.strip}>
        {used.map(({ stageId, name, probability }) => (
          <li key={stageId}>
            <bdi className="ellipsis">{name}</bdi>
            <span className="faint">{format.percent(probability, 0)}</span>
          </li>
        ))}
      </ol>
    </li>
  );
}

function NewPipeline({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [t, parts, acts] = [usePipelineTexts(), usePartTexts(), useActs()];
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>();
  const problem = error instanceof ApiProblem ? error : undefined;
  const close = () => {
    setName('');
    setError(undefined);
    onClose();
  };
  const save = async () => {
    if (!name.trim()) return setError('nameless');
    try {
      const { data } = await acts.perform(
        'sales',
        (act) => api.post('/pipelines', { body: { name: name.trim() }, act }),
        () => t('made', { name: name.trim() }),
      );
      await refresh('sales.pipeline');
      close();
      return void navigate({ to: '/settings/pipelines/$id', params: { id: data.id } });
    } catch (refused) {
      return setError(refused);
    }
  };
  return (
    <Modal opened={opened} onClose={close} title={t('new')} closeButtonProps={{ 'aria-label': parts('close') }}>
      <form
        className={settingsCss.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
        <TextInput
          label={t('name')}
          description={t('newHint')}
          data-autofocus
          dir="auto"
          maxLength={100}
          value={name}
          error={error === 'nameless' ? t('nameMissing') : problem?.of('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={settingsCss.formActs}>
          <Button type="submit" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {parts('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
