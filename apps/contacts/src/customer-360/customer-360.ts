import { Inject, Injectable } from '@nestjs/common';
import {
  Answer,
  Count,
  Flag,
  Id,
  List,
  Nullable,
  Optional,
  shown,
  Struct,
  Text,
  type AnyView,
  type Projection,
  type Static,
  type TSchema,
} from '#model';
import {
  context,
  HistoryItem,
  Journal,
  kindOfView,
  Outline,
  Problem,
  Views,
  type HistoryPage,
  type HistoryQuery,
  type Moment,
} from '#service';
import { accountCard, accountRow } from '../account/account-views.ts';
import { activityRow } from '../activity/activity-row.ts';
import { contactCard, contactRow } from '../contact/contact-views.ts';
import { accountDeals, contactDeals, dealRow, dealTotals, totalOf } from './deal-row.ts';

/** What makes a customer of a kind: its identity rows, its card and totals, how deals and people point to it. */
type Customer = { kind: string; identity: Projection; card: AnyView; totals: AnyView; dealRef: 'accountId' | 'contactId' };
export const CONTACT: Customer = {
  kind: 'contacts.contact',
  identity: contactRow,
  card: contactCard,
  totals: contactDeals,
  dealRef: 'contactId',
};
export const ACCOUNT: Customer = {
  kind: 'contacts.account',
  identity: accountRow,
  card: accountCard,
  totals: accountDeals,
  dealRef: 'accountId',
};

const some = <S extends TSchema>(items: S) => ({ items: List(items), more: Count });
const common = {
  /** Where another id was asked for: whose member that one is now. */
  mergedInto: Optional(Id),
  asOf: Optional(Text),
  knownAt: Optional(Text),
  members: List(Id),
  deals: Optional(Struct({ ...dealTotals, ...some(shown(dealRow)) })),
  activities: Struct(some(shown(activityRow))),
  /** The open task that is due first. */
  nextStep: Nullable(shown(activityRow)),
  timeline: List(HistoryItem),
};
/** Everything of a customer on one page; what its reader has no part in is left out. `more`: how many there are beyond the items. */
export const ContactWhole = Answer('Contact360', { profile: shown(contactCard), account: Optional(shown(accountCard)), ...common });
export const AccountWhole = Answer('Account360', {
  profile: shown(accountCard),
  people: Optional(List(shown(contactRow))),
  subsidiaries: Optional(List(shown(accountRow))),
  ...common,
});

/** `more`: there is an earlier part of it that is not told. */
export const Lifeline = Answer('Lifeline', { entries: List(Outline), more: Flag });
const MOST_IN_OUTLINE = 5_000;

const NOTHING = { items: [], more: 0 };
const FIRST_ENTRIES = 25;

/** The 360° view: card, summaries, and indexed queries over rows of everything that names the customer; now, or as of a moment. */
@Injectable()
export class Customer360 {
  constructor(
    @Inject(Views) private readonly views: Views,
    @Inject(Journal) private readonly journal: Journal,
  ) {}

  /** One customer. The id of an absorbed one gives its survivor, saying so. @throws Problem 404, 403 */
  async one(of: Customer, id: string): Promise<Record<string, unknown>> {
    try {
      return (await this.views.get(of.card, id)) as Record<string, unknown>;
    } catch (error) {
      // Whoever was absorbed has no card of their own.
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      const { root } = await this.views.cluster(of.identity, id);
      if (root === id) throw error;
      return { ...((await this.views.get(of.card, root)) as Record<string, unknown>), mergedInto: root };
    }
  }

  /** Everything of a customer on one page. @throws Problem 404 also when the customer was not yet known at that moment */
  async whole(of: Customer, id: string, at: Moment): Promise<Record<string, unknown>> {
    const past = at.asOf !== undefined || at.knownAt !== undefined;
    const { root, members } = await this.views.cluster(of.identity, id, at);
    const profile = past ? await this.views.build(of.card, root, at) : await this.views.get(of.card, root);
    const records = members.map((member) => `${of.kind}/${member}`);
    const account = of === CONTACT ? (profile as { accountId?: string }).accountId : undefined;
    const [deals, activities, people, company, children, timeline] = await Promise.all([
      this.deals(of, root, members, at),
      may(activityRow) ? this.views.related(activityRow, 'about', records, at) : NOTHING,
      of === ACCOUNT && may(contactRow) ? this.views.related(contactRow, 'accountId', members, at) : undefined,
      account ? this.company(account, at, past) : undefined,
      of === ACCOUNT ? this.views.related(accountRow, 'parentId', members, at) : undefined,
      this.timeline(of, root, { limit: FIRST_ENTRIES, ...upTo(at) }, members),
    ]);
    const tasks = activities.items.filter((one) => one.kind === 'task' && !one.done).sort(by((one) => [one.dueAt ?? '9', one.at]));
    return {
      ...(root === id ? {} : { mergedInto: root }),
      asOf: at.asOf,
      knownAt: at.knownAt,
      profile,
      members,
      ...(deals ? { deals } : {}),
      activities: { items: activities.items.sort(by((one) => [one.at])).reverse(), more: activities.more },
      nextStep: tasks[0] ?? null,
      ...(people ? { people: people.items.filter((one) => !one.mergedInto).sort(by((one) => [one.name])) } : {}),
      ...(company ? { account: company } : {}),
      ...(children ? { subsidiaries: children.items.filter((one) => !one.mergedInto).sort(by((one) => [one.name])) } : {}),
      timeline: timeline.items,
    };
  }

  /** Every event that touched the customer or anybody merged into it, newest first, as far as the caller may read. */
  async timeline(of: Customer, id: string, request: HistoryRequest, members?: string[]): Promise<HistoryPage> {
    const { root, members: found } = members ? { root: id, members } : await this.views.cluster(of.identity, id);
    await this.views.get(of.card, root);
    return this.journal.timeline(
      found.map((member) => `${of.kind}/${member}`),
      request,
    );
  }

  /** The whole life in outline: when what happened, newest first, to the customer or anybody merged into it. */
  async lifeline(of: Customer, id: string): Promise<Static<typeof Lifeline>> {
    const { root, members } = await this.views.cluster(of.identity, id);
    await this.views.get(of.card, root);
    return this.journal.outline(
      members.map((member) => `${of.kind}/${member}`),
      MOST_IN_OUTLINE,
    );
  }

  /** The customer's deals and what they come to: of those the caller may read; of all of them, from the summary, for who may read all. */
  private async deals(of: Customer, root: string, members: string[], at: Moment) {
    const reach = context().permissions.may('read', 'sales.opportunity');
    if (!reach) return undefined;
    const { items, more } = await this.views.related(dealRow, of.dealRef, members, at);
    const { id: _, ...totals } = reach.all ? await this.totals(of, root, at) : { id: root, ...totalOf(items) };
    return { ...totals, items: items.sort(by((one) => [one.changedAt])).reverse(), more };
  }

  private async totals(of: Customer, root: string, at: Moment): Promise<Record<string, unknown>> {
    if (at.asOf !== undefined || at.knownAt !== undefined) return (await this.views.build(of.totals, root, at)) as Record<string, unknown>;
    const [found] = await this.views.many(of.totals, [root]);
    return (found as Record<string, unknown> | undefined) ?? totalOf([]);
  }

  private async company(id: string, at: Moment, past: boolean): Promise<unknown> {
    const { root } = await this.views.cluster(accountRow, id, at);
    if (!may(accountCard)) return undefined;
    if (!past) return (await this.views.many(accountCard, [root]))[0];
    return this.views.build(accountCard, root, at).catch(() => undefined);
  }
}

/** Whether the caller may read any of what a view shows. A page leaves out what its reader has no part in. */
const may = (view: AnyView) => context().permissions.may('read', kindOfView(view)) !== undefined;

/** Sorts by these, then by id: what happened in the same instant has an order, too. */
const by =
  <T extends { id: string }>(keysOf: (one: T) => string[]) =>
  (a: T, b: T): number => {
    const [left, right] = [[...keysOf(a), a.id].join('\u0000'), [...keysOf(b), b.id].join('\u0000')];
    return left < right ? -1 : left > right ? 1 : 0;
  };

type HistoryRequest = Pick<HistoryQuery, 'limit' | 'cursor' | 'types' | 'actor' | 'from' | 'to'> | { limit: number; to?: string };
const upTo = ({ asOf }: Moment) => (asOf ? { to: asOf.length === 10 ? `${asOf}T23:59:59.999Z` : asOf } : {});
