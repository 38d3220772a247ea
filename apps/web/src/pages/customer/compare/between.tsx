import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormat } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import { isOtherHalf, recordName } from '../kinds.ts';
import { timelineQuery } from '../queries.ts';
import { Months } from '../timeline/timeline.tsx';
import css from './compare.module.css';

/** What happened between two moments, newest first. */
export function Between({ page: { of, id, moment, entries } }: { page: CustomerPage }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const [a, b] = [moment.a.at, moment.b!.at];
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  const inside = entries.filter(({ at }) => Date.parse(at) > from && Date.parse(at) <= to);
  const written = [moment.written.a.at, moment.written.b?.at ?? moment.now];
  const asked = { from: new Date(Math.min(...written) + 1).toISOString(), to: new Date(Math.max(...written)).toISOString() };
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(timelineQuery(of, id, asked, 20));
  const items = moment.isDragging
    ? undefined
    : data?.pages.flatMap((page) => page.items).filter((item) => !isOtherHalf(item, recordName(of, id)));
  return (
    <Card title={t('happenedBetween')} count={format.number(inside.length)} className={css.between}>
      {error ? (
        <ProblemNotice error={error} again={() => void refetch()} />
      ) : moment.isDragging ? (
        <Months items={inside.slice(0, 12)} acts={false} />
      ) : !items ? (
        <Skeleton widths={[70, 60, 65]} />
      ) : items.length === 0 ? (
        <Empty title={t('nothingBetween')}>{t('nothingBetweenHint')}</Empty>
      ) : (
        <>
          <Months items={items} acts={false} />
          {hasNextPage && (
            <Button variant="subtle" fullWidth onClick={() => void fetchNextPage()}>
              {t('earlier', { n: Math.max(1, inside.length - items.length) })}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}
