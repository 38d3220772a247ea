import { api } from '../../api/api.ts';
import type { Act } from '../../api/client.ts';
import type { Schemas } from '../../api/schema.ts';
import { dayIn, type Money } from '../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { useActs } from '../../shell/use-acts.ts';
import { useDealTexts } from '../../texts/deals/index.ts';
import { patchDeal, snapshot } from './deal-caches.ts';
import { DEALS, worthOf, type Deal, type Line } from './deal.ts';
import { queryClient } from '../../queries/client.ts';

type Change = { [F in keyof Schemas['sales.ChangeOpportunity']]?: Schemas['sales.ChangeOpportunity'][F] | null };
export type Closing = { closedOn?: string; value?: Money; reason?: string };

/** What can be done with a deal. It is shown at once; where it is refused it goes back, and what was refused is thrown. */
export function useDealActs() {
  const [t, acts, format, usual] = [useDealTexts(), useActs(), useFormat(), useUsualCurrency()];

  async function done<T>(deal: Deal, patch: Partial<Deal>, run: (act: Act) => Promise<T>, said: string): Promise<T> {
    const back = snapshot();
    patchDeal(deal, patch);
    try {
      const answer = await acts.perform('sales', run, () => said);
      // The revision an edit is meant for is another now.
      void queryClient.invalidateQueries({ queryKey: ['record', DEALS, deal.id] });
      return answer;
    } catch (error) {
      back();
      throw error;
    }
  }
  const params = ({ id }: Deal) => ({ id });
  const today = () => dayIn(Date.now(), format.zone);

  return {
    /** To another stage of its pipeline. */
    move: (deal: Deal, stage: { stageId: string; name: string }) =>
      done(
        deal,
        { stageId: stage.stageId, stageSince: new Date().toISOString(), changedAt: new Date().toISOString() },
        (act) => api.post('/opportunities/{id}/stage', { params: params(deal), body: { stageId: stage.stageId }, act }),
        t('movedSaid', { name: deal.name, stage: stage.name }),
      ),
    /** Won on a day, at a value: today, and at what it is worth, unless told. */
    win: (deal: Deal, { closedOn, value }: Closing) =>
      done(
        deal,
        { status: 'won', open: false, closedOn: closedOn ?? today(), wonValue: value ?? deal.worth, worth: value ?? deal.worth },
        (act) => api.post('/opportunities/{id}/win', { params: params(deal), body: { closedOn, value }, act }),
        (value ?? deal.worth)
          ? t('wonSaid', { name: deal.name, value: format.money((value ?? deal.worth)!, usual) })
          : t('wonSaidPlain', { name: deal.name }),
      ),
    lose: (deal: Deal, { closedOn, reason = '' }: Closing) =>
      done(
        deal,
        { status: 'lost', open: false, closedOn: closedOn ?? today(), reason },
        (act) => api.post('/opportunities/{id}/lose', { params: params(deal), body: { closedOn, reason }, act }),
        t('lostSaid', { name: deal.name, reason }),
      ),
    reopen: (deal: Deal) =>
      done(
        deal,
        { status: 'open', open: true, closedOn: undefined, reason: undefined, wonValue: undefined },
        (act) => api.post('/opportunities/{id}/reopen', { params: params(deal), body: {}, act }),
        t('reopenedSaid', { name: deal.name }),
      ),
    /** Changes fields; absent keeps, null clears. `ifMatch`: only where it is at this revision. */
    change: (deal: Deal, body: Change, said: string, ifMatch?: number) =>
      done(deal, changedBy(deal, body), (act) => api.patch('/opportunities/{id}', { params: params(deal), body, act, ifMatch }), said),
    /** Of a product, at its list price unless another is given. */
    addLine: (deal: Deal, { productId, quantity, price, name }: { productId: string; quantity: number; price?: Money; name: string }) => {
      const lineId = crypto.randomUUID();
      return done(
        deal,
        price ? withLines(deal, [...deal.lines, { lineId, productId, quantity, price }]) : {},
        (act) => api.post('/opportunities/{id}/lines', { params: params(deal), body: { lineId, productId, quantity, price }, act }),
        t('lineAdded', { n: quantity, product: name, name: deal.name }),
      );
    },
    changeLine: (deal: Deal, line: Line, change: Partial<Pick<Line, 'quantity' | 'price'>>) =>
      done(
        deal,
        withLines(
          deal,
          deal.lines.map((one) => (one.lineId === line.lineId ? { ...one, ...change } : one)),
        ),
        (act) => api.post('/opportunities/{id}/lines/change', { params: params(deal), body: { lineId: line.lineId, ...change }, act }),
        t('lineChanged', { name: deal.name }),
      ),
    removeLine: (deal: Deal, line: Line) =>
      done(
        deal,
        withLines(
          deal,
          deal.lines.filter((one) => one.lineId !== line.lineId),
        ),
        (act) => api.post('/opportunities/{id}/lines/remove', { params: params(deal), body: { lineId: line.lineId }, act }),
        t('lineRemoved', { name: deal.name }),
      ),
    remove: (deal: Deal) =>
      done(
        deal,
        {},
        (act) => api.post('/opportunities/{id}/remove', { params: params(deal), body: {}, act }),
        t('removedSaid', { name: deal.name }),
      ),
    restore: (deal: Deal) =>
      done(
        deal,
        {},
        (act) => api.post('/opportunities/{id}/restore', { params: params(deal), body: {}, act }),
        t('restoredSaid', { name: deal.name }),
      ),
    /** As the acts above, with what was refused said in a notice. @returns whether it was taken */
    attempt: (work: Promise<unknown>): Promise<boolean> =>
      work.then(
        () => true,
        (error: unknown) => (acts.refused(error), false),
      ),
  };
}

const withLines = (deal: Deal, lines: Line[]): Partial<Deal> => ({ lines, worth: worthOf({ ...deal, lines }) });

function changedBy(deal: Deal, body: Change): Partial<Deal> {
  const patch = Object.fromEntries(Object.entries(body).map(([field, value]) => [field, value ?? undefined])) as Partial<Deal>;
  return 'value' in body ? { ...patch, worth: worthOf({ ...deal, ...patch }) } : patch;
}

export type DealActs = ReturnType<typeof useDealActs>;
