import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import type { StreamsSearch } from './feed.ts';
import { useStreamTexts } from '../../../texts/streams/index.ts';
import { CopyButton } from '../copy.tsx';
import settingsCss from '../settings.module.css';
import { catalogueQuery, formOf, type Told } from './catalogue-query.ts';
import css from './streams.module.css';

/** Every type of event there is, with what it carries. */
export function Catalogue({
  services,
  search,
  onChange,
}: {
  services: readonly string[];
  search: StreamsSearch;
  onChange: (patch: StreamsSearch) => void;
}) {
  const t = useStreamTexts();
  const [sought, setSought] = useState('');
  const { data, error, refetch } = useQuery(catalogueQuery);
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton widths={[60, 70, 50, 65]} height={18} />;
  const words = sought.trim().toLowerCase();
  const found = data.filter(
    ({ type, schema }) => type.includes(words) || Object.keys(schema.properties ?? {}).some((name) => name.toLowerCase().includes(words)),
  );
  const shown = [...new Set(found.map(({ service }) => service))];
  return (
    <>
      <div className={css.find}>
        <TextInput
          type="search"
          aria-label={t('find')}
          placeholder={t('find')}
          leftSection={<Icon name="search" size="s" />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <span className="xs muted" role="status">
          {found.length > 0 ? t('found', { n: found.length }) : t('noneFound')}
        </span>
        <a className="xs" href="/api/asyncapi.json">
          {t('document')}
        </a>
      </div>
      {shown.map((service) => (
        <Card
          key={service}
          title={<bdi>{service}</bdi>}
          count={t('found', { n: found.filter((one) => one.service === service).length })}
          flush
        >
          <ul>
            {found
              .filter((one) => one.service === service)
              .map((told) => (
                <One
                  key={told.type}
                  told={told}
                  wanted={search.type === told.type}
                  onSee={services.includes(service) ? () => onChange({ tab: undefined, service, type: told.type }) : undefined}
                />
              ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

function One({ told, wanted, onSee }: { told: Told; wanted: boolean; onSee?: () => void }) {
  const t = useStreamTexts();
  const [open, setOpen] = useState(wanted);
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (wanted) ref.current?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  return (
    <li ref={ref} className={css.told}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <bdi>{told.type}</bdi>
        <span className="xs muted">{t('versionOf', { version: told.version })}</span>
        <Icon name="down" size="s" />
      </button>
      {open && <Schema told={told} onSee={onSee} />}
    </li>
  );
}

function Schema({ told, onSee }: { told: Told; onSee?: () => void }) {
  const t = useStreamTexts();
  const { schema, type } = told;
  const fields = Object.entries(schema.properties ?? {});
  const json = JSON.stringify(schema, undefined, 2);
  return (
    <div className={css.schema}>
      {fields.length === 0 ? (
        <p className="sm muted">{t('noFields')}</p>
      ) : (
        <div className={settingsCss.scroll}>
          <table className={`${settingsCss.table} ${css.fields}`} aria-label={type}>
            <thead>
              <tr>
                <th scope="col">{t('field')}</th>
                <th scope="col">{t('form')}</th>
                <th scope="col">{t('remarks')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(([name, field]) => (
                <tr key={name}>
                  <td>
                    <code>{name}</code>
                  </td>
                  <td>
                    <code>{formOf(field)}</code>
                  </td>
                  <td>
                    <span className="row wrap">
                      {schema.required?.includes(name) && <Badge>{t('always')}</Badge>}
                      {field.personal && <Badge tone="note">{t('personal')}</Badge>}
                      {field.ref && <span className="xs muted">{t('refers', { kind: field.ref })}</span>}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <details>
        <summary className="link sm">{t('schema')}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
        <pre className={settingsCss.pre} tabIndex={0} aria-label={t('schema')}>
          {json}
        </pre>
      </details>
      <div className="row wrap">
        {onSee && <Button onClick={onSee}>{t('seeThem')}</Button>}
        <CopyButton text={json} label={t('copyJson')} subtle />
      </div>
    </div>
  );
}
