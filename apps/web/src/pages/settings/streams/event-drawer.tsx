import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useFormat } from '../../../format/use-format.ts';
import { Drawer } from '../../../parts/drawer.tsx';
import { recordOf } from '../../../parts/history/events.ts';
import { RecordName, useRecordPath } from '../../../parts/record-name.tsx';
import type { StreamsSearch } from './feed.ts';
import { useStreamTexts } from '../../../texts/streams/index.ts';
import { CopyButton } from '../copy.tsx';
import settingsCss from '../settings.module.css';
import { curlOf } from './feed.ts';
import css from './streams.module.css';
import type { Told } from './use-tail.ts';

type Props = { event: Told | undefined; service: string; onClose: () => void; onChange: (patch: StreamsSearch) => void };

/** One event in full, as it travels. */
export function EventDrawer({ event, service, onClose, onChange }: Props) {
  return (
    <Drawer opened={event !== undefined} onClose={onClose} title={<bdi className={css.title}>{event?.type ?? ''}</bdi>}>
      {event && <Whole event={event} service={service} onClose={onClose} onChange={onChange} />}
    </Drawer>
  );
}

function Whole({ event, service, onClose, onChange }: Props & { event: Told }) {
  const [t, format, pathOf] = [useStreamTexts(), useFormat(), useRecordPath()];
  const navigate = useNavigate();
  const { kind, id } = recordOf(event.subject);
  const path = pathOf(kind, id);
  const json = JSON.stringify(event, undefined, 2);
  const only = (patch: StreamsSearch) => {
    onChange({ type: undefined, record: undefined, who: undefined, together: undefined, ...patch });
    onClose();
  };
  const facts: [string, React.ReactNode][] = [
    [t('record'), <RecordName key="record" kind={kind} id={id} />],
    [t('actor'), <RecordName key="actor" kind="workspace.user" id={event.actor} />],
    [t('at'), format.moment(event.time)],
    [t('happenedAt'), format.moment(event.occurredat)],
    [t('position'), format.number(event.position)],
    [t('revision'), format.number(event.revision)],
    [t('correlation'), event.correlationid],
    [t('causation'), event.causationid],
  ];
  return (
    <div className={css.whole}>
      <div className="row wrap">
        {path && <Button onClick={() => void navigate({ href: path })}>{t('openRecord')}</Button>}
        <Button variant="subtle" onClick={() => only({ record: event.subject })}>
          {t('onlyRecord')}
        </Button>
        <Button variant="subtle" onClick={() => only({ together: event.correlationid })}>
          {t('onlyTogether')}
        </Button>
        <Button variant="subtle" onClick={() => only({ tab: 'catalogue', type: event.type })}>
          {t('itsSchema')}
        </Button>
      </div>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {'sealed' in event.data && <p className="xs muted">{t('sealed')}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
      <pre className={settingsCss.pre} tabIndex={0} aria-label={t('asJson')}>
        {json}
      </pre>
      <div className="row wrap">
        <CopyButton text={json} label={t('copyJson')} />
        <CopyButton
          text={curlOf(`/services/${service}/events?limit=1&after=${event.position - 1}`, 'application/cloudevents-batch+json')}
          label={t('copyCurl')}
        />
      </div>
    </div>
  );
}
