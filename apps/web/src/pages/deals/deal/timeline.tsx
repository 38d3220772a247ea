import { Button, Menu } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { TimelineEntry } from '../../../parts/timeline-entry.tsx';
import { useMay } from '../../../queries/me.ts';
import { note } from '../../../shell/notice-list.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { undoEvent } from '../../../undo/done.ts';
import { toast } from '../../../undo/toasts.ts';
import { DEALS, type Deal } from '../deal.ts';
import { ActivityForm } from './activity-form.tsx';
import { activitiesQuery, historyQuery, type Activity, type HistoryItem } from './deal-queries.ts';
import css from './deal.module.css';
import { canUndo, HistorySentence, markOf } from './history-sentence.tsx';

type Shown = 'all' | 'changes' | 'talk';
type Entry = { at: string; id: string } & ({ change: HistoryItem } | { activity: Activity });
const KINDS = ['note', 'call', 'meeting', 'message', 'task'] as const;
const ICONS: Record<Activity['kind'], IconName> = { note: 'note', call: 'phone', meeting: 'meeting', message: 'mail', task: 'task' };

/** What happened to a deal and what was said about it, the latest first; what was changed can be taken back where it stands. */
export function Timeline({ deal, at }: { deal: Deal; at: string | undefined }) {
  const [t, format, may] = [useDealTexts(), useFormat(), useMay()];
  const [shown, setShown] = useState<Shown>('all');
  const [writing, setWriting] = useState<Activity['kind']>();
  const history = useInfiniteQuery(historyQuery(deal.id));
  const talks = may('read', 'contacts.activity');
  const activities = useQuery({ ...activitiesQuery(deal.id), enabled: talks }).data;
  const entries = useMemo(() => {
    const changes = history.data?.pages.flatMap((page) => page.items) ?? [];
    const last = history.hasNextPage ? changes.at(-1)?.at : undefined;
    const all: Entry[] = [
      ...(shown === 'talk' ? [] : changes.map((change) => ({ at: change.at, id: change.id, change }))),
      // What is older than the changes that are there stands where they will be.
      ...(shown === 'changes'
        ? []
        : (activities ?? []).filter((one) => !last || one.at >= last).map((activity) => ({ at: activity.at, id: activity.id, activity }))),
    ];
    const until = at && all.filter((entry) => dayIn(entry.at, format.zone) <= at);
    // Of one moment the one that was recorded later stands above: a sort keeps the order that the server gave.
    return (until || all).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  }, [history.data, history.hasNextPage, activities, shown, at, format.zone]);
  const writes = at === undefined && may('create', 'contacts.activity');
  return (
    <Card
      title={t('timeline')}
      end={
        <span className="row wrap">
          {talks && (
            <Segments
              label={t('timeline')}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'all', label: t('showsAll') },
                { value: 'changes', label: t('showsChanges') },
                { value: 'talk', label: t('showsTalk') },
              ]}
            />
          )}
          {writes && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="xs" leftSection={<Icon name="plus" size="s" />}>
                  {t('write')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {KINDS.map((kind) => (
                  <Menu.Item key={kind} leftSection={<Icon name={ICONS[kind]} size="s" />} onClick={() => setWriting(kind)}>
                    {t(`kind_${kind}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      }
    >
      {writing && (
        <div className={css.writing}>
          <h3 className="sm strong">{t(`kind_${writing}`)}</h3>
          <ActivityForm key={writing} deal={deal} kind={writing} onDone={() => setWriting(undefined)} />
        </div>
      )}
      {deal.note && shown !== 'changes' && (
        <div className={css.note}>
          <Icon name="note" size="s" />
          <p dir="auto">{deal.note}</p>
        </div>
      )}
      {history.error ? (
        <ProblemNotice error={history.error} again={() => void history.refetch()} />
      ) : !history.data ? (
        <Skeleton widths={[60, 80, 70]} />
      ) : (
        <ol>
          {entries.map((entry) =>
            'change' in entry ? (
              <ChangeEntry key={entry.id} item={entry.change} undoes={at === undefined && may('undo', DEALS)} deal={deal} />
            ) : (
              <TalkEntry key={entry.id} activity={entry.activity} />
            ),
          )}
        </ol>
      )}
      {history.hasNextPage && (
        <button type="button" className="link sm" onClick={() => void history.fetchNextPage()}>
          {t('older')}
        </button>
      )}
    </Card>
  );
}

function ChangeEntry({ item, undoes, deal }: { item: HistoryItem; undoes: boolean; deal: Deal }) {
  const [t, acts] = [useDealTexts(), useActs()];
  const undo = async () => {
    try {
      const { act, left } = await undoEvent('sales', item.id, t('undoneEntry', { name: deal.name }));
      if (left.length > 0) {
        const problem = { title: t('notUndone'), detail: t('changedSince') };
        toast({ problem });
        note(problem);
      } else toast({ act });
    } catch (error) {
      acts.refused(error);
    }
  };
  return (
    <TimelineEntry
      at={item.at}
      {...markOf(item)}
      who={
        <span className={css.entryEnd}>
          {undoes && canUndo(item) && (
            <button type="button" className="link row" onClick={() => void undo()}>
              <Icon name="undo" size={13} />
              {t('undo')}
            </button>
          )}
          <RecordName kind="workspace.user" id={item.actor} plain />
        </span>
      }
    >
      <HistorySentence item={item} />
    </TimelineEntry>
  );
}

function TalkEntry({ activity }: { activity: Activity }) {
  const [t, format] = [useDealTexts(), useFormat()];
  const open = activity.kind === 'task' && !activity.done;
  return (
    <TimelineEntry at={activity.at} icon={ICONS[activity.kind]} who={<RecordName kind="workspace.user" id={activity.ownerId} plain />}>
      <bdi className="medium">{activity.subject}</bdi>
      {activity.kind === 'task' && (
        <span className="xs muted">
          {' · '}
          {open ? (activity.dueAt ? t('dueOn', { day: format.date(activity.dueAt) }) : t('toDo')) : t('isDone')}
        </span>
      )}
      {activity.body && (
        <p className="muted" dir="auto">
          {activity.body}
        </p>
      )}
    </TimelineEntry>
  );
}
