import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { refresh } from '../../../queries/refresh.ts';
import { runBulk } from '../../../parts/list/bulk.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { someQuery } from '../../../queries/lists.ts';
import { useMay } from '../../../queries/me.ts';
import { recordQuery } from '../../../queries/records.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { usePipelineTexts } from '../../../texts/pipelines/index.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import people from '../people/people.module.css';
import { RecordHistory } from '../record-history.tsx';
import { RemoveRecord } from '../remove-record.tsx';
import { SettingsPage } from '../settings-page.tsx';
import settingsCss from '../settings.module.css';
import { type Pipeline } from './pipelines.tsx';
import { Stages } from './stages.tsx';

export const route = createLazyRoute('/shell/settings/pipelines/$id')({ component: OnePipeline });
const from = getRouteApi('/shell/settings/pipelines/$id');
const KIND = 'sales.pipeline';
const MOST = 100;

/** A pipeline: its stages in their order, each changed in its place. */
function OnePipeline() {
  const { id } = from.useParams();
  const [t, settings, parts, may] = [usePipelineTexts(), useSettingsTexts(), usePartTexts(), useMay()];
  const { data, error, refetch } = useQuery(recordQuery(KIND, id));
  return (
    <SettingsPage title={data?.doc.name ?? parts('loading')} crumbs={[{ text: settings('pipelines'), to: '/settings/pipelines' }]}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton widths={[30, 90, 90, 90]} height={20} />
      ) : (
        <div className={people.columns}>
          <div>
            <Stages pipeline={data.doc} revision={data.revision} />
            <RecordHistory kind={KIND} id={id} title={t('historyTitle')} />
          </div>
          <div>
            <Card title={t('details')}>
              <Details key={data.doc.name} pipeline={data.doc} revision={data.revision} />
            </Card>
            {may('remove', KIND) && (
              <RemoveRecord
                kind={KIND}
                id={id}
                text={t('remove')}
                said={t('removed', { name: data.doc.name })}
                list="/settings/pipelines"
              />
            )}
          </div>
        </div>
      )}
    </SettingsPage>
  );
}

function Details({ pipeline, revision }: { pipeline: Pipeline; revision: number | undefined }) {
  const [t, parts, may, acts] = [usePipelineTexts(), usePartTexts(), useMay(), useActs()];
  const [name, setName] = useState(pipeline.name);
  const { data: all = [] } = useQuery(someQuery(KIND, { sort: 'name' }, MOST));
  const changes = may('change', KIND);
  const rename = async () => {
    if (!name.trim() || name.trim() === pipeline.name) return;
    await acts.attempt(
      'sales',
      (act) => api.patch('/pipelines/{id}', { params: { id: pipeline.id }, body: { name: name.trim() }, act, ifMatch: revision }),
      () => t('renamedSaid', { name: name.trim() }),
    );
    await refresh('sales.pipeline');
  };
  /** Of several one is it: the others are told in the same act, so that they go back together. */
  const makeDefault = async () => {
    const others = all.filter(({ id, isDefault }) => isDefault && id !== pipeline.id).map(({ id }) => id);
    await acts.attempt(
      'sales',
      async (act) => {
        if (others.length > 0) await runBulk(KIND, others, 'change', { isDefault: false }, { ...act, key: `${act.key}/others` });
        return runBulk(KIND, [pipeline.id], 'change', { isDefault: true }, act);
      },
      () => t('defaultSaid', { name: pipeline.name }),
    );
    await refresh('sales.pipeline');
  };
  return (
    <form
      className={settingsCss.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void rename();
      }}
    >
      <TextInput
        label={t('name')}
        dir="auto"
        maxLength={100}
        readOnly={!changes}
        value={name}
        error={name.trim() === '' ? t('nameMissing') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {changes && (
        <div className={settingsCss.formActs}>
          <Button type="submit" variant="filled">
            {parts('save')}
          </Button>
        </div>
      )}
      {pipeline.isDefault ? (
        <div>
          <Badge tone="act">{t('default')}</Badge>
        </div>
      ) : (
        changes && <Button onClick={() => void makeDefault()}>{t('makeDefault')}</Button>
      )}
    </form>
  );
}
