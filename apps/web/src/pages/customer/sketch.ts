import { addMoney, type Money } from '../../format/money.ts';
import type { Activity, Deal, HistoryItem, Profile, Whole } from './kinds.ts';

/** What a customer's fields were at a moment, by its own history (oldest first); undefined when there was nothing yet. */
export function profileAt(history: readonly HistoryItem[], at: number): Record<string, unknown> | undefined {
  let fields: Record<string, unknown> | undefined;
  for (const { type, data, at: when } of history) {
    if (Date.parse(when) > at) continue;
    if (type.endsWith('.created')) fields = { ...data };
    else if (type.endsWith('.changed') && fields)
      for (const [field, change] of Object.entries(data)) {
        const to = (change as { to?: unknown } | null)?.to;
        if (to === undefined) delete fields[field];
        else fields[field] = to;
      }
  }
  return fields;
}

/** A deal as it stood on a day, by its days alone; undefined before it was opened. What it was worth then is not known from today's. */
export function dealAt(deal: Deal, day: string): Deal | undefined {
  if (deal.openedOn > day) return undefined;
  if (deal.closedOn === undefined || deal.closedOn <= day) return deal;
  const { closedOn: _, wonValue: __, reason: ___, ...open } = deal;
  return { ...open, status: 'open', open: true };
}

export function totalsOf(deals: readonly Deal[]): Omit<NonNullable<Whole['deals']>, 'items' | 'more'> {
  const having = (status: Deal['status']) => deals.filter((deal) => deal.status === status);
  const worth = (list: readonly Deal[]): Money[] => addMoney(list.flatMap((deal) => deal.worth ?? []));
  const closed = deals.flatMap((deal) => deal.closedOn ?? []).sort();
  return {
    open: having('open').length,
    openValue: worth(having('open')),
    won: having('won').length,
    wonValue: worth(having('won')),
    lost: having('lost').length,
    ...(closed.length > 0 ? { lastClosedOn: closed.at(-1)! } : {}),
  };
}

/**
 * What can be said of a moment from what is loaded, until the server has answered: the line is followed at once. Its answer is exact; this is what the
 * same customer's deals, activities and own history of today tell.
 */
export function sketch(now: Whole, history: readonly HistoryItem[] | undefined, at: number, day: string): Whole {
  const fields = history && profileAt(history, at);
  const profile = (fields ? { ...fields, id: now.profile.id, members: now.profile.members } : now.profile) as Whole['profile'];
  const deals = now.deals?.items.flatMap((deal) => dealAt(deal, day) ?? []);
  const activities = now.activities.items.filter((one) => Date.parse(one.at) <= at);
  return {
    ...now,
    profile: { ...({ emails: [], phones: [], addresses: [], tags: [] } as Partial<Profile>), ...profile },
    ...(now.deals && deals ? { deals: { ...totalsOf(deals), items: deals, more: 0 } } : {}),
    activities: { items: activities, more: 0 },
    nextStep: now.nextStep && Date.parse(now.nextStep.at) <= at ? now.nextStep : null,
    timeline: now.timeline.filter((item) => Date.parse(item.at) <= at),
  };
}

const TALK = new Set<Activity['kind']>(['call', 'meeting', 'message']);

/** The last time somebody talked with the customer. */
export const lastTalked = (activities: readonly Activity[]): Activity | undefined =>
  activities
    .filter(({ kind }) => TALK.has(kind))
    .reduce<Activity | undefined>((last, one) => (!last || one.at > last.at ? one : last), undefined);

/** Of all that was decided, how much was won, in per cent; undefined before anything was. */
export const winRate = ({ won, lost }: { won: number; lost: number }): number | undefined =>
  won + lost === 0 ? undefined : (won / (won + lost)) * 100;
