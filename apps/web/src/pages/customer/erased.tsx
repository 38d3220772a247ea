import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../api/schema.ts';
import { useFormat } from '../../format/use-format.ts';
import { Badge } from '../../parts/badge.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import css from './customer.module.css';
import type { CustomerPage } from './customer-page.ts';
import { certificateQuery } from './queries.ts';

/** Whoever was erased: the shape stays, the person is gone. What can be shown of it is one click away. */
export function ErasedHeader({ page: { id, entries } }: { page: CustomerPage }) {
  const [t, parts, format, fieldOf] = [useCustomerTexts(), usePartTexts(), useFormat(), useFieldTexts()];
  const [opened, setOpened] = useState(false);
  const erasedAt = entries.find(({ type }) => type.endsWith('.erased'))?.at;
  return (
    <section className={css.head} aria-label={parts('erased')}>
      <div className={css.who}>
        <span className={css.gone} aria-hidden="true">
          <Icon name="erase" size="l" />
        </span>
        <div className="grow">
          <h2 className={css.name}>{parts('erased')}</h2>
          <p className={css.sub}>{erasedAt ? t('erasedOn', { day: format.day(erasedAt.slice(0, 10), 'long') }) : t('erasedOnce')}</p>
          <dl className={css.goneFacts}>
            {['primaryEmail', 'phones', 'jobTitle'].map((field) => (
              <div key={field}>
                <dt>{fieldOf(field)}</dt>
                <dd>
                  <span className={css.goneBar} />
                  <span className="sr">{t('gone')}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
        <Button leftSection={<Icon name="consent" size="s" />} onClick={() => setOpened(true)}>
          {t('certificate')}
        </Button>
      </div>
      {opened && <CertificateDrawer id={id} onClose={() => setOpened(false)} />}
    </section>
  );
}

/** What can be shown of an erasure so far: who was checked, how, and what remains; to be kept as a file. */
function CertificateDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useCustomerTexts();
  const { data, error, refetch } = useQuery(certificateQuery(id));
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('certificateTitle')}
      foot={
        data && (
          <Button variant="filled" leftSection={<Icon name="export" size="s" />} onClick={() => download(data)}>
            {t('downloadCertificate')}
          </Button>
        )
      }
    >
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : data ? (
        <Certificate certificate={data} />
      ) : (
        <Skeleton widths={[60, 90, 80]} />
      )}
    </Drawer>
  );
}

function Certificate({ certificate }: { certificate: Schemas['ErasureCertificate'] }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const { record, erasedAt, complete, method, remains, keyBackups, sweeps, sha256 } = certificate;
  return (
    <div className={css.certificate}>
      <Badge tone={complete ? 'good' : 'time'}>{t(complete ? 'certificateWhole' : 'certificateGrows')}</Badge>
      {!complete && <p className="sm muted">{t('certificateGrowsHint')}</p>}
      <dl>
        <dt>{t('certificateRecord')}</dt>
        <dd>
          <bdi dir="ltr">{record}</bdi>
        </dd>
        <dt>{t('certificateWhen')}</dt>
        <dd>{format.moment(erasedAt)}</dd>
        <dt>{t('certificateBackups')}</dt>
        <dd>{format.day(keyBackups.expireOn, 'long')}</dd>
        <dt>{t('certificateHow')}</dt>
        {/* As it is signed: in the language it was written in. */}
        <dd lang="en" dir="ltr">
          {method}
        </dd>
        <dt>{t('certificateRemains')}</dt>
        <dd lang="en" dir="ltr">
          {remains}
        </dd>
      </dl>
      <h3 className="sm strong">{t('certificateChecks')}</h3>
      <ul className={css.sweeps}>
        {sweeps.map(({ service, pass, person, at, streams, rows, stores }) => (
          <li key={`${service} ${pass} ${person}`}>
            <div className="medium">
              <bdi>{service}</bdi> {' · '}
              {t(pass === 'first' ? 'firstPass' : 'secondPass')}
            </div>
            <div className="xs muted">
              {format.dateTime(at)} {' · '}
              {t('sweptRows', { streams, n: rows })}
            </div>
            <ul lang="en" dir="ltr" className="xs faint">
              {stores.map(({ store, how }) => (
                <li key={store}>{`${store}: ${how}`}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <h3 className="sm strong">{t('certificateSum')}</h3>
      <bdi dir="ltr" className={css.sum}>
        {sha256}
      </bdi>
    </div>
  );
}

function download(certificate: Schemas['ErasureCertificate']): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(certificate, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `erasure-${certificate.record.replaceAll(/\W+/g, '-')}.json`;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
