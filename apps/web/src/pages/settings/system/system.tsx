import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { SERVICES } from '../../../api/fields.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useHolds } from '../../../queries/me.ts';
import { useSettingsTexts } from '../../../texts/settings/index.ts';
import { useSystemTexts } from '../../../texts/system/index.ts';
import { SettingsPage } from '../settings-page.tsx';
import { ParkedEvents } from './parked-events.tsx';
import { ProjectionTable } from './projection-table.tsx';
import { systemQuery, type ServiceHealth } from './system-query.ts';
import css from './system.module.css';

export const route = createLazyRoute('/shell/settings/system')({ component: System });

/** Which version of the product these pages were built with. */
declare const VERSION: string;

/** How the services are: whether they answer, how far every projection is, what is parked and what can be done about it. */
function System() {
  const [t, settings, holds] = [useSystemTexts(), useSettingsTexts(), useHolds()];
  const services = SERVICES.filter((service) => holds('manage', service, 'everywhere'));
  const logs = services.filter((service) => holds('events.read', service, 'everywhere'));
  const { data, error, refetch } = useQuery(systemQuery(services, logs));
  const again = () => void refetch();
  return (
    <SettingsPage title={settings('system')} about={settings('systemAbout')}>
      {error ? (
        <ProblemNotice error={error} again={again} />
      ) : !data ? (
        <Skeleton widths={[100, 100, 100, 100]} height={40} />
      ) : (
        <>
          <Banner services={data} />
          <div className={css.services}>
            {data.map((one) => (
              <Service key={one.service} health={one} />
            ))}
          </div>
          <ProjectionTable projections={data.flatMap((one) => one.projections)} onChange={again} />
          <ParkedEvents
            parked={data.flatMap((one) => one.parked)}
            projections={data.flatMap((one) => one.projections)}
            streams={logs}
            onChange={again}
          />
          <p className="xs muted">{t('product', { version: VERSION })}</p>
        </>
      )}
    </SettingsPage>
  );
}

/** In words: whether something needs somebody, and that nothing is lost. */
function Banner({ services }: { services: readonly ServiceHealth[] }) {
  const t = useSystemTexts();
  const all = services.flatMap((one) => one.projections);
  const parked = services.reduce((sum, one) => sum + one.parked.length, 0);
  const [behind, working] = [
    all.filter(({ state }) => state === 'behind').length,
    all.filter(({ state }) => state === 'rebuilding').length,
  ];
  const trouble = [
    ...services.filter((one) => one.error !== undefined).map(({ service }) => t('silentSaid', { service })),
    ...services.flatMap(({ service, reason }) => (reason ? [t('notReadySaid', { service, reason })] : [])),
    ...(parked > 0 ? [t('parkedSaid', { n: parked })] : []),
    ...(behind > 0 ? [t('behindSaid', { n: behind })] : []),
  ];
  const said = [...trouble, ...(working > 0 ? [t('rebuildingSaid', { n: working })] : [])];
  const hint = trouble.length > 0 ? t('troubleHint') : working > 0 ? t('workHint') : t('allWellHint', { n: all.length });
  return (
    <div className={`${css.banner} ${trouble.length > 0 ? css.trouble : css.well}`} role="status">
      <Icon name={trouble.length > 0 ? 'alert' : working > 0 ? 'refresh' : 'check'} />
      <div>
        <div className="medium">{said.length > 0 ? said.join(' ') : t('allWell')}</div>
        <div className="sm muted">{hint}</div>
      </div>
    </div>
  );
}

function Service({ health }: { health: ServiceHealth }) {
  const [t, format] = [useSystemTexts(), useFormat()];
  const { service, error, reason, head, lastAt, projections } = health;
  const state = error !== undefined ? 'silent' : reason ? 'waiting' : 'running';
  return (
    <section className={css.service} aria-labelledby={`service-${service}`}>
      <div className="row">
        <span className={`${css.dot} ${state === 'running' ? css.runs : ''}`} aria-hidden="true" />
        <h2 id={`service-${service}`}>
          <bdi>{service}</bdi>
        </h2>
        <span className="xs muted end">{t(state)}</span>
      </div>
      {head === undefined ? (
        <div className="xs muted">{t('projectionsOf', { n: projections.length })}</div>
      ) : (
        <div>
          <div className={css.big}>{format.number(head)}</div>
          <div className="xs muted">{t('inLog', { n: head })}</div>
        </div>
      )}
      {lastAt && (
        <div className="xs muted">
          <time dateTime={lastAt} title={format.moment(lastAt)}>
            {t('lastAt', { when: format.relative(lastAt) })}
          </time>
        </div>
      )}
    </section>
  );
}
