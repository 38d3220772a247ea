import { useState } from 'react';
import { daysBetween, dayIn } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { useStages } from '../../../queries/stages.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import type { Deal } from '../kinds.ts';

const FIRST_CLOSED = 3;
const FIRST_OPEN = 6;

/** The customer's deals: those that are open first, then how many were won and lost, and which last. */
export function DealsPanel({ page }: { page: CustomerPage }) {
  const [t, format] = [useCustomerTexts(), useFormat()];
  const { shown, moment } = page;
  const [all, setAll] = useState(false);
  const { deals } = shown;
  if (!deals) return null;
  const day = dayIn(moment.a.at, moment.zone);
  const open = deals.items.filter((deal) => deal.open).sort((x, y) => (x.openedOn < y.openedOn ? 1 : -1));
  const closed = deals.items.filter((deal) => !deal.open).sort((x, y) => ((x.closedOn ?? '') < (y.closedOn ?? '') ? 1 : -1));
  const total = deals.items.length + deals.more;
  return (
    <Card title={t('deals')} count={format.number(total)}>
      {total === 0 ? (
        <Empty title={t(moment.isPast ? 'noDealsThen' : 'noDeals')}>{t('noDealsHint')}</Empty>
      ) : (
        <>
          <ul className={css.list}>
            {open.slice(0, all ? undefined : FIRST_OPEN).map((deal) => (
              <DealRow key={deal.id} deal={deal} day={day} />
            ))}
          </ul>
          {deals.won + deals.lost > 0 && <WonLost won={deals.won} lost={deals.lost} />}
          <ul className={css.list}>
            {closed.slice(0, all ? undefined : FIRST_CLOSED).map((deal) => (
              <DealRow key={deal.id} deal={deal} day={day} />
            ))}
          </ul>
          {(closed.length > FIRST_CLOSED || open.length > FIRST_OPEN) && (
            <button type="button" className={`link xs ${css.fold}`} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('fewerDeals') : t('allDeals', { n: total })}
            </button>
          )}
        </>
      )}
    </Card>
  );
}

function WonLost({ won, lost }: { won: number; lost: number }) {
  const t = useCustomerTexts();
  return (
    <div className={css.wonLost} role="img" aria-label={t('wonAndLost', { won: t('nWon', { n: won }), lost: t('nLost', { n: lost }) })}>
      <div className={css.wonLostBar}>
        {won > 0 && <i style={{ flexGrow: won }} />}
        {lost > 0 && <b style={{ flexGrow: lost }} />}
      </div>
      <div className="row xs">
        <span className="good medium">{t('nWon', { n: won })}</span>
        <span className="faint end">{t('nLost', { n: lost })}</span>
      </div>
    </div>
  );
}

function DealRow({ deal, day }: { deal: Deal; day: string }) {
  const [t, format, usual, stageOf] = [useCustomerTexts(), useFormat(), useUsualCurrency(), useStages()];
  // Worth what its products come to: nobody has agreed on a price yet.
  const listed = deal.worth !== undefined && deal.value === undefined && deal.wonValue === undefined;
  return (
    <li>
      <div className="grow">
        <div className="ellipsis">
          <RecordName kind="sales.opportunity" id={deal.id} name={deal.name} className="medium plain-link" />
        </div>
        <div className="xs faint ellipsis">
          {deal.open
            ? t('openFor', { stage: stageOf(deal.stageId), n: Math.max(0, daysBetween(deal.openedOn, day)) })
            : deal.closedOn && format.day(deal.closedOn)}
        </div>
      </div>
      <div className="num">
        <div className={deal.status === 'lost' ? 'faint' : undefined}>{deal.worth ? format.money(deal.worth, usual) : '–'}</div>
        <div className={`xs ${deal.status === 'won' ? 'good' : 'faint'}`}>
          {deal.open ? (listed ? t('byProducts') : '') : t(`status_${deal.status}`)}
        </div>
      </div>
    </li>
  );
}
