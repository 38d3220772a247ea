import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/api.ts';
import { resourceOf, type Kind } from '../../api/kinds.ts';
import type { Schemas } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { useEverythingHappened } from '../../parts/history/set-up-happened.tsx';
import { KnownRecords } from '../../parts/history/known.ts';
import { Who } from '../../parts/history/who.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { TimelineEntry } from '../../parts/timeline-entry.tsx';
import { usePeopleTexts } from '../../texts/people/index.ts';

const SHOWN = 8;
const NOTHING = () => undefined;

/** What happened to a record lately; all of it stands in the audit trail. */
export function RecordHistory({ kind, id, title }: { kind: Kind; id: string; title: string }) {
  const t = usePeopleTexts();
  // Of the record itself it is not said whom something happened to.
  const known = useMemo(
    () => ({ own: (record: string) => record === `${kind}/${id}`, deal: NOTHING, activity: NOTHING, member: NOTHING, ids: () => false }),
    [kind, id],
  );
  const { data, error } = useQuery({
    queryKey: ['history', kind, id, SHOWN],
    queryFn: ({ signal }) =>
      api
        .read<Schemas['HistoryItem'][]>(`/${resourceOf(kind)}/${encodeURIComponent(id)}/history`, { limit: SHOWN }, { signal })
        .then((answer) => answer.data),
    meta: { kinds: [kind], id },
  });
  return (
    <Card
      title={title}
      end={
        <Link to="/settings/audit" search={{ record: `${kind}/${id}` }} className="sm">
          {t('toAudit')}
        </Link>
      }
    >
      {error ? (
        <ProblemNotice error={error} />
      ) : !data ? (
        <Skeleton />
      ) : (
        <KnownRecords value={known}>
          <ol>
            {data.map((item) => (
              <Entry key={item.id} item={item} />
            ))}
          </ol>
        </KnownRecords>
      )}
    </Card>
  );
}

function Entry({ item }: { item: Schemas['HistoryItem'] }) {
  const { icon, tone, what, sub } = useEverythingHappened()(item);
  return (
    <TimelineEntry at={item.at} icon={icon} tone={tone} who={<Who told={item} />}>
      {what}
      {sub && <div className="muted">{sub}</div>}
    </TimelineEntry>
  );
}
