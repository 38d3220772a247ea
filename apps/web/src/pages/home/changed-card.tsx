import { useQuery } from '@tanstack/react-query';
import type { Doc } from '../../api/kinds.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { RecordName } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { countQuery, someQuery } from '../../queries/lists.ts';
import { useName } from '../../queries/names.ts';
import { useHomeTexts } from '../../texts/home/index.ts';
import css from './home.module.css';
import { useStages } from '../../queries/stages.ts';

const SHOWN = 7;

/** Deals that have moved since yesterday. */
export function ChangedCard({ owner, since }: { owner: string | undefined; since: string }) {
  const [t, format, usual, stageOf] = [useHomeTexts(), useFormat(), useUsualCurrency(), useStages()];
  const mine = owner ? `ownerId eq ${JSON.stringify(owner)} and ` : '';
  const asked = { filter: `${mine}changedAt gte ${JSON.stringify(`${since}T00:00:00.000Z`)}`, sort: '-changedAt' };
  const { data } = useQuery(someQuery('sales.opportunity', asked, SHOWN));
  const count = useQuery(countQuery('sales.opportunity', asked)).data;
  return (
    <Card title={t('changed')} count={count && count !== '0' ? format.count(count) : undefined}>
      {!data ? (
        <Skeleton widths={[80, 70, 75]} />
      ) : data.length === 0 ? (
        <Empty title={t('noChange')}>{t('noChangeHint')}</Empty>
      ) : (
        <ul className={css.list}>
          {data.map((deal) => (
            <li key={deal.id} className={css.item}>
              <span className={css.mark} data-tone={deal.status === 'won' ? 'good' : deal.status === 'open' ? 'act' : undefined}>
                <Icon name={deal.status === 'won' ? 'check' : deal.status === 'lost' ? 'x' : 'deal'} size="s" />
              </span>
              <div className={css.itemWhat}>
                <span className="ellipsis">
                  <AccountOf deal={deal} />
                  <RecordName kind="sales.opportunity" id={deal.id} name={deal.name} className="plain-link" />
                </span>
                <span className="xs muted ellipsis">
                  {t.rich('moved', {
                    what: deal.status === 'won' ? t('wasWon') : deal.status === 'lost' ? t('wasLost') : stageOf(deal.stageId),
                    who: <RecordName kind="workspace.user" id={deal.ownerId} plain />,
                    when: format.relative(deal.changedAt),
                  })}
                </span>
              </div>
              <span className={`num sm ${deal.status === 'lost' ? 'faint' : 'medium'}`}>
                {deal.worth ? format.money(deal.worth, usual) : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Whose deal it is, where its own name does not say so already. */
function AccountOf({ deal }: { deal: Doc<'sales.opportunity'> }) {
  const name = useName('contacts.account', deal.accountId);
  if (!deal.accountId || !name || deal.name.includes(name)) return null;
  return (
    <>
      <RecordName kind="contacts.account" id={deal.accountId} className="strong plain-link" />{' '}
    </>
  );
}
