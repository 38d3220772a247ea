import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { recordOf } from '../../../parts/history/events.ts';
import { useEverythingHappened } from '../../../parts/history/set-up-happened.tsx';
import { Who } from '../../../parts/history/who.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useRecordPath } from '../../../parts/record-name.tsx';
import type { AuditSearch } from './audit-query.ts';
import { useAuditTexts } from '../../../texts/audit/index.ts';
import settingsCss from '../settings.module.css';
import type { AuditItem } from './audit-query.ts';
import css from './audit.module.css';

/** Imported history is recorded today and happened long ago: both are said where they differ by more than a moment. */
const MOMENT = 60_000;

/** One entry: when, what, by whom; opened, all that is known of it. */
export function Entry({ item, onChange }: { item: AuditItem; onChange: (patch: AuditSearch) => void }) {
  const [t, format, happened] = [useAuditTexts(), useFormat(), useEverythingHappened()];
  const [open, setOpen] = useState(false);
  const id = useId();
  const { icon, tone, what, sub } = happened(item);
  const late = Date.parse(item.recordedAt) - Date.parse(item.at) > MOMENT;
  return (
    <li className={css.entry}>
      <div className={css.row}>
        <time dateTime={item.recordedAt} title={format.moment(item.recordedAt)}>
          {format.time(item.recordedAt)}
        </time>
        <span className={css.mark} data-tone={tone}>
          <Icon name={icon} />
        </span>
        <div className={css.what}>
          <div>{what}</div>
          {sub && <div className="muted xs">{sub}</div>}
          {late && (
            <div className="faint xs">
              {t('happenedAt')} <time dateTime={item.at}>{format.dateTime(item.at)}</time>
            </div>
          )}
        </div>
        <div className={css.who}>
          <Who told={item} />
        </div>
        <button
          type="button"
          className={css.more}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={t('details')}
          onClick={() => setOpen(!open)}
        >
          <Icon name="down" size="s" />
        </button>
      </div>
      {open && (
        <div id={id} className={css.details}>
          <Details item={item} onChange={onChange} />
        </div>
      )}
    </li>
  );
}

function Details({ item, onChange }: { item: AuditItem; onChange: (patch: AuditSearch) => void }) {
  const [t, format, pathOf] = [useAuditTexts(), useFormat(), useRecordPath()];
  const navigate = useNavigate();
  const { kind, id } = recordOf(item.record);
  const path = pathOf(kind, id);
  const facts: [string, string][] = [
    [t('recordedAt'), format.moment(item.recordedAt)],
    [t('happenedAt'), format.moment(item.at)],
    [t('event'), item.type],
    [t('record'), item.record],
    [t('together'), item.correlation],
    [t('id'), item.id],
  ];
  return (
    <>
      <div className="row wrap">
        {path && (
          <Button leftSection={<Icon name="arrow" size="s" />} onClick={() => void navigate({ href: path })}>
            {t('openRecord')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => onChange({ together: item.correlation, record: undefined })}>
          {t('onlyTogether')}
        </Button>
        {path && (
          <Button variant="subtle" onClick={() => onChange({ record: item.record, together: undefined })}>
            {t('onlyRecord')}
          </Button>
        )}
        {item.actor !== 'system' && (
          <Button variant="subtle" onClick={() => onChange({ who: item.actor })}>
            {t('onlyWho')}
          </Button>
        )}
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
      <div>
        <div className="xs muted" style={{ marginBottom: 4 }}>
          {t('data')}
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
        <pre className={settingsCss.pre} tabIndex={0} aria-label={t('data')}>
          {JSON.stringify(item.data, undefined, 2)}
        </pre>
      </div>
    </>
  );
}
