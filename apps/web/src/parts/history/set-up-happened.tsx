import type { ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { useSetUpTexts } from '../../texts/setup/index.ts';
import { RecordName } from '../record-name.tsx';
import { changesOf } from './differences.ts';
import { lookOf, partsOf, recordOf } from './events.ts';
import { useHappened, type Happened, type Told } from './happened.tsx';
import { ImportName } from './import-name.tsx';
import { useKnown } from './known.ts';
import { SetUpChanges } from './set-up-changes.tsx';

/** Tells events of every kind there is: of customers and their deals as their histories do, and of what the company is set up with. */
export function useEverythingHappened(): (told: Told) => Happened {
  const [ofSetUp, ofCustomers] = [useSetUpHappened(), useHappened()];
  return (told) => ofSetUp(told) ?? ofCustomers(told);
}

type Said = { what: ReactNode; named?: ReactNode; changes?: true };

function useSetUpHappened(): (told: Told) => Happened | undefined {
  const [t, known] = [useSetUpTexts(), useKnown()];
  const [ofUser, ofOthers, ofBatch] = [useUserSaid(), useOthersSaid(), useBatchSaid()];
  return (told) => {
    const { kind, act } = partsOf(told.type);
    const said =
      kind === 'workspace.user'
        ? ofUser(told, act)
        : kind.endsWith('.batch')
          ? ofBatch(told, act)
          : kind.endsWith('.erasure')
            ? { what: t('swept', { n: Number(told.data?.rows ?? 0) }) }
            : ofOthers(told, kind, act);
    if (!said) return undefined;
    const { icon, tone } = lookOf(told.type);
    const what = said.named === undefined || known.own(told.record) ? said.what : t.rich('named', { name: said.named, what: said.what });
    return { icon, tone, what, ...(said.changes ? { changes: true } : {}) };
  };
}

const changed = ({ type, data }: Told, kind: string) => <SetUpChanges kind={kind} changes={data ? changesOf({ type, data }) : []} />;

function useUserSaid(): (told: Told, act: string) => Said | undefined {
  const [t, format] = [useSetUpTexts(), useFormat()];
  return (told, act) => {
    const named = <RecordName kind="workspace.user" id={recordOf(told.record).id} className="plain-link" />;
    switch (act) {
      case 'created':
        return { named, what: t('userCreated') };
      case 'invited':
        return { named, what: t('userInvited', { until: told.data?.until ? format.dateTime(String(told.data.until)) : '…' }) };
      case 'invitation-withdrawn':
        return { named, what: t('userWithdrawn') };
      case 'joined':
        return { named, what: t('userJoined') };
      case 'changed': {
        const { active, ...rest } = (told.data ?? {}) as { active?: { to?: boolean } };
        if (active && Object.keys(rest).length === 0) return { named, what: t(active.to ? 'userBack' : 'userLeft') };
        return { named, what: changed(told, 'workspace.user'), changes: true };
      }
      case 'removed':
      case 'restored':
      case 'erased':
        return { named, what: t(act) };
      default:
        return undefined;
    }
  };
}

const CREATED = {
  'workspace.team': 'teamCreated',
  'workspace.role': 'roleCreated',
  'workspace.tenant': 'tenantCreated',
  'workspace.view': 'viewCreated',
  'sales.product': 'productCreated',
} as const;

/** Teams, roles, the company, saved views, API keys, products, pipelines. */
function useOthersSaid(): (told: Told, kind: string, act: string) => Said | undefined {
  const t = useSetUpTexts();
  return (told, kind, act) => {
    const isKnown = kind in CREATED || kind === 'sales.pipeline' || kind === 'workspace.api-key';
    if (!isKnown) return undefined;
    const named =
      kind === 'workspace.tenant' ? (
        t('tenant')
      ) : kind === 'workspace.api-key' ? (
        t('key')
      ) : (
        <RecordName kind={kind} id={recordOf(told.record).id} className="plain-link" />
      );
    switch (act) {
      case 'created':
        if (kind === 'sales.pipeline')
          return { named, what: t('pipelineCreated', { n: (told.data?.stages as unknown[] | undefined)?.length ?? 0 }) };
        return { named, what: t(CREATED[kind as keyof typeof CREATED]) };
      case 'changed':
        return { named, what: changed(told, kind), changes: true };
      case 'removed':
      case 'restored':
      case 'erased':
        return { named, what: t(act) };
      default:
        return undefined;
    }
  };
}

/** Imports: of any service. */
function useBatchSaid(): (told: Told, act: string) => Said | undefined {
  const t = useSetUpTexts();
  return ({ data, record }, act) => {
    const named = data?.label ? t.rich('import', { label: <bdi>{String(data.label)}</bdi> }) : <ImportName record={record} />;
    switch (act) {
      case 'created':
        return { named, what: t('fileTaken', { n: Number(data?.rows ?? 0) }) };
      case 'changed':
        return { named, what: t('fileChanged') };
      case 'started':
        return { named, what: t(data?.dryRun ? 'checkStarted' : 'runStarted') };
      case 'progressed':
        return { named, what: t('rowsDone', { n: Number(data?.row ?? 0) }) };
      case 'finished':
        return {
          named,
          what: t(data?.outcome === 'failed' ? 'endedFailed' : data?.outcome === 'cancelled' ? 'endedCancelled' : 'endedDone'),
        };
      case 'undone':
        return { named, what: t('takenBack') };
      case 'redone':
        return { named, what: t('doneAgain') };
      case 'expired':
        return { named, what: t('fileGone') };
      case 'removed':
      case 'restored':
      case 'erased':
        return { named, what: t(act) };
      default:
        return undefined;
    }
  };
}
