import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Empty } from '../../../parts/empty.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useHolds } from '../../../queries/me.ts';
import type { StreamsSearch } from './feed.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useStreamTexts } from '../../../texts/streams/index.ts';
import { CopyButton } from '../copy.tsx';
import { catalogueQuery } from './catalogue-query.ts';
import { EventDrawer } from './event-drawer.tsx';
import { curlOf, feedOf, headQuery, lookBack } from './feed.ts';
import css from './streams.module.css';
import { KEPT, useTail, type Told } from './use-tail.ts';

type Props = { services: readonly string[]; search: StreamsSearch; onChange: (patch: StreamsSearch) => void };

/** One service's events: the latest, and every further one as it is recorded. */
export function Events({ services, search, onChange }: Props) {
  const [t, format] = [useStreamTexts(), useFormat()];
  const service = services.find((one) => one === search.service) ?? services.find((one) => one === 'sales') ?? services[0]!;
  const [paused, setPaused] = useState(false);
  const [back, setBack] = useState<{ of: string; times: number }>({ of: '', times: 0 });
  const [open, setOpen] = useState<Told>();
  const { data: head, error, refetch } = useQuery(headQuery(service));
  const address = feedOf(service, search);
  const times = back.of === address ? back.times : 0;
  const after = head === undefined ? undefined : Math.max(head - lookBack(search, times), 0);
  const tail = useTail(address, after, paused);
  const { events, state } = tail;
  const latest = Math.max(head ?? 0, events[0]?.position ?? 0);
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  return (
    <>
      <Filters services={services} service={service} search={search} onChange={onChange} />
      <div className={css.bar}>
        <span className={css.state} role="status">
          <span className={`${css.dot} ${state === 'live' ? css.on : ''}`} aria-hidden="true" />
          {t(state)}
        </span>
        {after !== undefined && (
          <span className="xs muted">{t('since', { from: format.number(after + 1), head: format.number(latest) })}</span>
        )}
        <span className={css.barActs}>
          {after !== undefined && after > 0 && (
            <Button variant="subtle" onClick={() => setBack({ of: address, times: times + 1 })}>
              {t('further')}
            </Button>
          )}
          <CopyButton text={curlOf(`${address}&after=${after ?? 0}`)} label={t('copyCurl')} subtle />
          <Button leftSection={<Icon name={paused ? 'play' : 'pause'} size="s" />} onClick={() => setPaused(!paused)}>
            {paused ? t('goOn') : t('pause')}
          </Button>
        </span>
      </div>
      {tail.error !== undefined && <ProblemNotice error={tail.error} />}
      {events.length === 0 ? (
        <Empty level={2} title={t('noneTitle')}>
          {t('noneHint')}
        </Empty>
      ) : (
        <ol className={css.events} aria-label={t('events')}>
          {events.map((event) => (
            <Row key={event.position} event={event} onOpen={() => setOpen(event)} />
          ))}
        </ol>
      )}
      {events.length === KEPT && <p className="xs muted">{t('onlyNewest', { n: KEPT })}</p>}
      <EventDrawer event={open} service={service} onClose={() => setOpen(undefined)} onChange={onChange} />
    </>
  );
}

function Row({ event, onOpen }: { event: Told; onOpen: () => void }) {
  const [t, format] = [useStreamTexts(), useFormat()];
  const { type, subject, actor, position, time } = event;
  return (
    <li className={css.event}>
      <span className={css.position}>{format.number(position)}</span>
      <time dateTime={time} title={format.moment(time)}>
        {format.dateTime(time)}
      </time>
      <button type="button" className={css.open} aria-label={t('openEvent', { type })} onClick={onOpen}>
        {type}
      </button>
      <span className={css.subject} title={subject}>
        {shortened(subject)}
      </span>
      <span className={css.actor}>
        <RecordName kind="workspace.user" id={actor} plain />
      </span>
    </li>
  );
}

/** `sales.opportunity/01a2157b…` */
const shortened = (subject: string): string => subject.replace(/([0-9a-f]{8})-[0-9a-f-]{20,}/, '$1…');

function Filters({ services, service, search, onChange }: Props & { service: string }) {
  const [t, parts, holds] = [useStreamTexts(), usePartTexts(), useHolds()];
  const { data: catalogue = [] } = useQuery(catalogueQuery);
  const { type, record, who, together } = search;
  const none = { type: undefined, record: undefined, who: undefined, together: undefined };
  return (
    <>
      <div>
        <Segments
          label={t('service')}
          value={service}
          onChange={(chosen) => onChange({ ...none, service: chosen })}
          options={services.map((value) => ({ value, label: value }))}
        />
      </div>
      <div className={css.filters} role="search">
        <Select
          label={t('type')}
          placeholder={t('anyType')}
          data={catalogue.filter((one) => one.service === service).map((one) => one.type)}
          value={type ?? null}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('clear') }}
          onChange={(chosen) => onChange({ type: chosen ?? undefined })}
        />
        <Typed label={t('record')} placeholder={t('recordHint')} value={record} onChange={(text) => onChange({ record: text })} />
        {holds('read', 'workspace.user') && (
          <RecordPicker
            kind="workspace.user"
            label={t('actor')}
            placeholder={parts('anybody')}
            value={who}
            clearable
            onChange={(id) => onChange({ who: id })}
          />
        )}
        <Typed label={t('correlation')} value={together} onChange={(text) => onChange({ together: text })} />
      </div>
      {[type, record, who, together].some((one) => one !== undefined) && (
        <div>
          <Button variant="subtle" onClick={() => onChange(none)}>
            {t('clear')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Something that is typed or pasted, and looked for when it is whole. */
function Typed({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (text: string | undefined) => void;
}) {
  const [text, setText] = useState(value ?? '');
  const [last, setLast] = useState(value);
  if (last !== value) {
    setLast(value);
    setText(value ?? '');
  }
  const done = () => onChange(text.trim() || undefined);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      dir="ltr"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && done()}
    />
  );
}
