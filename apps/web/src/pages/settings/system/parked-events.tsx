import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useMay } from '../../../queries/me.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useSystemTexts } from '../../../texts/system/index.ts';
import { toast } from '../../../undo/toasts.ts';
import people from '../people/people.module.css';
import { useProjectionName } from './projection-table.tsx';
import type { Projection } from './projections.ts';
import type { Parked } from './system-query.ts';
import css from './system.module.css';

/** Applies a parked stream's events again. @returns whether it is free now */
const retry = ({ service, view, stream }: Parked): Promise<boolean> =>
  api
    .send<{ free: boolean }>('post', `/services/${service}/projections/${encodeURIComponent(view)}/parked/retry`, { stream })
    .then(({ data }) => data.free);
const skip = ({ service, view, eventId }: Parked): Promise<boolean> =>
  api
    .send<{ free: boolean }>('post', `/services/${service}/projections/${encodeURIComponent(view)}/parked/skip`, { eventId })
    .then(({ data }) => data.free);

/** Events that could not be applied, with those that wait for them. `streams`: services whose events may be read. */
export function ParkedEvents({
  parked,
  projections,
  streams,
  onChange,
}: {
  parked: readonly Parked[];
  projections: readonly Projection[];
  streams: readonly string[];
  onChange: () => void;
}) {
  const [t, may, acts] = [useSystemTexts(), useMay(), useActs()];
  const [busy, setBusy] = useState(false);
  const firsts = parked.filter(({ first, service }) => first && may('manage', service));
  const run = async (work: () => Promise<string>) => {
    setBusy(true);
    try {
      toast({ text: await work() });
    } catch (error) {
      acts.refused(error);
    } finally {
      setBusy(false);
      onChange();
    }
  };
  const retryAll = async () => {
    let free = 0;
    for (const one of firsts) free += Number(await retry(one));
    return free === 0 ? t('retriedStill') : t('retriedAll', { n: free });
  };
  return (
    <Card
      title={<span id="parked">{t('parked')}</span>}
      count={parked.length > 0 ? t('parkedCount', { n: parked.length }) : undefined}
      flush={parked.length > 0}
      end={
        firsts.length > 1 && (
          <Button size="xs" leftSection={<Icon name="refresh" size="s" />} loading={busy} onClick={() => void run(retryAll)}>
            {t('retryAll')}
          </Button>
        )
      }
    >
      {parked.length === 0 ? (
        <p className="sm muted">{t('noneParked')}</p>
      ) : (
        <ol>
          {parked.map((one) => (
            <One
              key={`${one.view} ${one.eventId}`}
              one={one}
              version={projections.find(({ view }) => view === one.view)?.version ?? ''}
              canOpen={streams.includes(one.service)}
              busy={busy}
              onRun={(work) => void run(work)}
            />
          ))}
        </ol>
      )}
    </Card>
  );
}

function One({
  one,
  version,
  canOpen,
  busy,
  onRun,
}: {
  one: Parked;
  version: string;
  canOpen: boolean;
  busy: boolean;
  onRun: (work: () => Promise<string>) => void;
}) {
  const [t, parts, may, nameOf] = [useSystemTexts(), usePartTexts(), useMay(), useProjectionName()];
  const [asking, setAsking] = useState(false);
  const { type, view, revision, stream, reason, first, service } = one;
  const name = nameOf(view);
  const what = `${type}, ${t('revision', { revision })}`;
  return (
    <li className={css.parked}>
      <div>
        <div className="row wrap">
          <bdi className="medium">{type}</bdi>
          <Badge>{t('inView', { view: name, version })}</Badge>
          <span className="xs muted">{t('revision', { revision })}</span>
        </div>
        <div className="sm muted">{first ? t('whyFirst', { reason }) : t('whyLater')}</div>
      </div>
      <div className={css.parkedActs}>
        {first && may('manage', service) && (
          <Button
            size="xs"
            variant="filled"
            loading={busy}
            aria-label={`${t('retry')}: ${what}`}
            onClick={() => onRun(async () => ((await retry(one)) ? t('retriedFree') : t('retriedStill')))}
          >
            {t('retry')}
          </Button>
        )}
        {canOpen && (
          <Button size="xs" component={Link} to="/settings/streams" search={{ service, record: stream } as never}>
            {t('openStream')}
          </Button>
        )}
        {first && may('manage', service) && (
          <Button size="xs" color="red" aria-label={`${t('skip')}: ${what}`} disabled={busy} onClick={() => setAsking(true)}>
            {t('skip')}
          </Button>
        )}
      </div>
      <code className={css.stream}>{`${stream}  #${revision}`}</code>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('skipTitle')} closeButtonProps={{ 'aria-label': parts('close') }}>
        <div className={people.stack}>
          <p>
            <bdi className="medium">{type}</bdi> <span className="muted">{t('revision', { revision })}</span>
          </p>
          <p>{t('skipText', { view: name })}</p>
          <div className="row wrap">
            <Button
              variant="filled"
              onClick={() => {
                setAsking(false);
                onRun(async () => ((await skip(one)) ? t('skippedFree') : t('skippedStill')));
              }}
            >
              {t('skipDo')}
            </Button>
            <Button variant="subtle" data-autofocus onClick={() => setAsking(false)}>
              {parts('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </li>
  );
}
