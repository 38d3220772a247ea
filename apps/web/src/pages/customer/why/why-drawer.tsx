import { Link } from '@tanstack/react-router';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isKind, resourceOf, serviceOf } from '../../../api/kinds.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Drawer } from '../../../parts/drawer.tsx';
import { recordOf } from '../../../parts/history/events.ts';
import { useHappened } from '../../../parts/history/happened.tsx';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName, useIsPage } from '../../../parts/record-name.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useImportOf } from '../../../queries/imports.ts';
import { useMay } from '../../../queries/me.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { HistoryItem } from '../kinds.ts';
import { auditQuery, historyQuery } from '../queries.ts';
import { chainOf } from './chain.ts';
import { UndoFoot } from './undo-foot.tsx';
import css from './why.module.css';

const SHOWN = 12;
/** Services whose acts reach customers, by a kind whose reader may ask their audit trail. */
const SERVICES = [
  { service: 'contacts', kind: 'contacts.contact' },
  { service: 'sales', kind: 'sales.opportunity' },
] as const;

/** Why something happened: from the click, the import or the rule to this change, and what followed from it; and the way back for all of it. */
export function WhyDrawer({ item, onClose }: { item: HistoryItem; onClose: () => void }) {
  const [t, may] = [useCustomerTexts(), useMay()];
  const asked = SERVICES.filter(({ kind }) => may('read', kind));
  const trails = useQueries({ queries: asked.map(({ service }) => auditQuery(service, item.correlation)) });
  const { kind, id } = recordOf(item.record);
  const own = useQuery({ ...historyQuery(isKind(kind) ? resourceOf(kind) : '', id), enabled: isKind(kind) });
  const failed = trails.find(({ error }) => error);
  const loading = trails.some(({ data }) => !data) || (isKind(kind) && own.isPending);
  const act = trails
    .flatMap(({ data }) => data?.items ?? [])
    .sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : a.revision - b.revision));
  const more = trails.some(({ data }) => data?.more);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t('whyTitle')}
      foot={
        loading || failed ? undefined : (
          <UndoFoot
            item={item}
            services={[...new Set(act.map(({ type }) => serviceOf(type)))]}
            single={act.length < 2 && !more}
            onDone={onClose}
          />
        )
      }
    >
      <p className="sm muted" style={{ marginBottom: 16 }}>
        {t('whyHint')}
      </p>
      {failed ? (
        <ProblemNotice error={failed.error} again={() => void failed.refetch()} />
      ) : loading ? (
        <Skeleton widths={[60, 80, 70]} />
      ) : (
        <Steps item={item} act={act} own={own.data ?? []} more={more} />
      )}
    </Drawer>
  );
}

function Steps({ item, act, own, more }: { item: HistoryItem; act: readonly HistoryItem[]; own: readonly HistoryItem[]; more: boolean }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const came = useImportOf(recordOf(item.record).kind, item.correlation);
  const { causes, beside, followed } = chainOf(item, act, own);
  const first = causes[0] ?? item;
  const when = (one: { recordedAt: string }) => format.dateTime(one.recordedAt);
  const rest = beside.length + followed.length - SHOWN;
  return (
    <ol className={css.chain}>
      {came ? (
        <Step icon="import" label={t('whyImport')} when={format.dateTime(came.startedAt ?? came.createdAt)}>
          <ImportName id={came.id} label={came.label ?? came.resource} />
          <div className="sm muted">{t('whyImportRows', { n: came.rows })}</div>
        </Step>
      ) : (
        <Step
          icon={first.actor === 'system' ? 'rule' : 'person'}
          label={t(first.actor === 'system' ? 'whyRule' : 'whyPerson')}
          when={when(first)}
        >
          {first.actor === 'system' ? t('whyItself') : <RecordName kind="workspace.user" id={first.actor} plain />}
        </Step>
      )}
      {causes.map((cause) => (
        <Told key={cause.id} item={cause} label={t(cause.correlation === item.correlation ? 'whyLed' : 'whyUndone')} />
      ))}
      <Told item={item} label={t('whyThis')} here />
      {followed.slice(0, SHOWN).map((one) => (
        <Told key={one.id} item={one} label={t('whyFollowed')} dashed />
      ))}
      {!came &&
        beside.slice(0, Math.max(0, SHOWN - followed.length)).map((one) => <Told key={one.id} item={one} label={t('whyBeside')} dashed />)}
      {!came && (rest > 0 || more) && <li className={css.rest}>{more ? t('whyManyMore') : t('whyMore', { n: rest })}</li>}
    </ol>
  );
}

function Told({ item, label, here = false, dashed = false }: { item: HistoryItem; label: string; here?: boolean; dashed?: boolean }) {
  const [format, happened] = [useFormat(), useHappened()];
  const { icon, what, sub } = happened(item);
  return (
    <Step icon={icon} label={label} when={format.time(item.recordedAt)} here={here} dashed={dashed}>
      <div className="medium">{what}</div>
      {sub && <div className="sm muted">{sub}</div>}
      {item.at !== item.recordedAt && format.date(item.at) !== format.date(item.recordedAt) && <OfDay at={item.at} />}
    </Step>
  );
}

/** It is said to have happened on another day than it was recorded on. */
function OfDay({ at }: { at: string }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  return <div className="xs faint">{t('happenedAt', { day: format.date(at) })}</div>;
}

function Step({
  icon,
  label,
  when,
  here = false,
  dashed = false,
  children,
}: {
  icon: IconName;
  label: string;
  when: string;
  here?: boolean;
  dashed?: boolean;
  children: ReactNode;
}) {
  return (
    <li className={[here ? css.here : '', dashed ? css.dashed : ''].join(' ')} aria-current={here ? 'step' : undefined}>
      <span className={css.node}>
        <Icon name={icon} size={14} />
      </span>
      <div className={css.what}>
        <span className="xs faint">
          {label} {' · '} {when}
        </span>
        {children}
      </div>
    </li>
  );
}

function ImportName({ id, label }: { id: string; label: string }) {
  const isPage = useIsPage();
  const page: string = `/imports/${id}`;
  return <div className="medium">{isPage('/imports/$id') ? <Link to={page}>{<bdi>{label}</bdi>}</Link> : <bdi>{label}</bdi>}</div>;
}
