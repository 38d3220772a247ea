import type { ReactNode } from 'react';
import { daysBetween, dayIn } from '../../../format/format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { STALLED_AFTER } from '../stalled.ts';

const LONG = 730;

/** How long something has lasted: in days, in years where days say nothing any more. */
export function useLasting(): (days: number) => string {
  const t = useDealTexts();
  return (days) => (days < LONG ? t('days', { n: days }) : t('years', { n: Math.floor(days / 365.25) }));
}

type Facts = { stageSince: string; expectedCloseOn?: string };

/** What a card says of an open deal on a day: how long it has been in its stage, and when it should close. What is late needs somebody. */
export function useFacts(): (deal: Facts, day: string) => ReactNode[] {
  const [t, format, lasting] = [useDealTexts(), useFormat(), useLasting()];
  return ({ stageSince, expectedCloseOn }, day) => {
    const days = Math.max(0, daysBetween(dayIn(stageSince, format.zone), day));
    return [
      <span
        key="days"
        className={days > STALLED_AFTER ? 'attn medium' : undefined}
        title={t('inStageSince', { day: format.date(stageSince) })}
      >
        {lasting(days)}
      </span>,
      expectedCloseOn && (
        <span key="closes" className={expectedCloseOn < day ? 'attn medium' : undefined}>
          {t(expectedCloseOn < day ? 'wasDue' : 'closes', { day: format.day(expectedCloseOn) })}
        </span>
      ),
    ];
  };
}
