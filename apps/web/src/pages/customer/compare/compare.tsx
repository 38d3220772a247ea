import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import type { Money } from '../../../format/money.ts';
import { Badge, type Tone } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { useChangeLabel } from '../../../parts/history/changes.tsx';
import { FieldValue, isEmptyValue } from '../../../parts/history/field-value.tsx';
import { ProblemNotice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { ApiProblem } from '../../../api/problem.ts';
import { useHidden } from '../../../queries/me.ts';
import { useStages } from '../../../queries/stages.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import { fieldsOf, type Deal, type Whole } from '../kinds.ts';
import { wholeQuery, type Asked } from '../queries.ts';
import { dayIn } from '../../../format/format.ts';
import { sketch } from '../sketch.ts';
import { useMomentText } from '../time/use-moment-text.ts';
import type { Shown } from '../time/use-moment.ts';
import { useShowWhy } from '../why/open.ts';
import { Between } from './between.tsx';
import css from './compare.module.css';
import { changerOf, differencesOf, type DealDifference, type Figure } from './differences.ts';

const FIRST_DEALS = 10;

/** Two moments of a customer beside each other: what is otherwise, what stayed, and what happened between them. */
export function Compare({ page }: { page: CustomerPage }) {
  const { moment } = page;
  const a = useMomentOf(page, moment.a, moment.asked.a);
  const b = useMomentOf(page, moment.b!, moment.asked.b ?? {});
  const error = a.error ?? b.error;
  if (error) return <ProblemNotice error={error} />;
  return (
    <div className={css.compare}>
      <Table page={page} a={a.whole} b={b.whole} />
      <Between page={page} />
    </div>
  );
}

/** The customer at one of the moments: the server's word, and until it is there what can be said from what is loaded. */
function useMomentOf({ of, id, now, history, moment }: CustomerPage, shown: Shown, asked: Asked): { whole?: Whole; error?: unknown } {
  const past = shown.text !== undefined;
  const { data, error } = useQuery({ ...wholeQuery(of, id, asked), enabled: past });
  if (!past) return { whole: now };
  const absent = error instanceof ApiProblem && error.status === 404;
  if (error && !absent) return { error };
  if (absent && !moment.isDragging) return {};
  return { whole: data && !moment.isDragging ? data.whole : sketch(now, history, shown.at, dayIn(shown.at, moment.zone)) };
}

function Table({ page, a, b }: { page: CustomerPage; a: Whole | undefined; b: Whole | undefined }) {
  const [t, labelOf, showWhy, say] = [useCustomerTexts(), useChangeLabel(), useShowWhy(), useMomentText(page.moment)];
  const { of, now, moment, entries, history } = page;
  const hidden = useHidden(of.kind);
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState(false);
  const second = moment.b!;
  const differences = useMemo(() => {
    const own = Object.keys({ ...a?.profile.custom, ...b?.profile.custom }).map((name) => `custom.${name}`);
    const fields = [...fieldsOf(of), ...own].filter((field) => !hidden.includes(field.split('.')[0]!));
    const until = (at: number) => entries.filter((entry) => Date.parse(entry.at) <= at).length;
    return differencesOf(fields, a, b, { a: until(moment.a.at), b: until(second.at) });
  }, [of, a, b, hidden, entries, moment.a.at, second.at]);
  const { figures, fields, same, deals } = differences;
  const name = (shown: Shown) => (shown.text === undefined ? t('today') : say.short(shown));
  const [from, to] = [Math.min(moment.a.at, second.at), Math.max(moment.a.at, second.at)];
  const value = (field: string, one: unknown) =>
    isEmptyValue(one) ? <span className="faint">{t('notKnown')}</span> : <FieldValue kind={of.kind} field={field} value={one} plain />;
  const none = figures.length + fields.length + deals.length === 0;
  return (
    <Card title={t('changedBetween')} flush className={css.card}>
      <table className={css.table} aria-label={`${now.profile.name}: ${t('changedBetween')}`}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            {(['a', 'b'] as const).map((which) => (
              <th key={which} scope="col">
                <span className={css.mark}>{which.toUpperCase()}</span>
                {name(which === 'a' ? moment.a : second)}
              </th>
            ))}
            <th scope="col">
              <span className="sr">{t('difference')}</span>
            </th>
          </tr>
        </thead>
        {figures.length > 0 && (
          <Section title={t('figures')}>
            {figures.map((figure) => (
              <FigureRow key={figure.key} figure={figure} />
            ))}
          </Section>
        )}
        {(fields.length > 0 || all) && (
          <Section title={t('fields')}>
            {[...fields, ...(all ? same : [])].map((one) => {
              const changer = changerOf(one.field, history, from, to);
              return (
                <tr key={one.field}>
                  <th scope="row">{labelOf(one.field)}</th>
                  <td>{value(one.field, one.a)}</td>
                  <td className={css.second}>{value(one.field, one.b)}</td>
                  <td className={css.by}>
                    {changer && (
                      <button
                        type="button"
                        className="link xs"
                        aria-label={t('whyField', { field: labelOf(one.field) })}
                        onClick={() => showWhy(changer)}
                      >
                        {t('why')}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </Section>
        )}
        {deals.length > 0 && (
          <Section title={t('deals')}>
            {deals.slice(0, open ? undefined : FIRST_DEALS).map((one) => (
              <DealRow key={one.id} deal={one} />
            ))}
          </Section>
        )}
      </table>
      {none && (
        <div className={css.foot}>
          <Empty title={t('nothingDiffers')}>{t('nothingDiffersHint')}</Empty>
        </div>
      )}
      {deals.length > FIRST_DEALS && !open && (
        <div className={css.foot}>
          <button type="button" className="link xs" onClick={() => setOpen(true)}>
            {t('allDealsMoved', { n: deals.length })}
          </button>
        </div>
      )}
      {same.length > 0 && (
        <div className={`${css.foot} xs muted`}>
          {t('sameFields', { n: same.length })}
          {' · '}
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'foldThem' : 'showThem')}
          </button>
        </div>
      )}
    </Card>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <tbody>
      <tr className={css.section}>
        <th colSpan={4} scope="rowgroup">
          {title}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

function FigureRow({ figure }: { figure: Figure }) {
  const [t, format, usual] = [useCustomerTexts(), useFormat(), useUsualCurrency()];
  const show = (value: number | Money[]) => (Array.isArray(value) ? format.sums(value, usual) : format.number(value));
  const { by } = figure;
  const size = by === undefined ? undefined : typeof by === 'number' ? by : Number(by.amount);
  const text =
    by === undefined
      ? ''
      : typeof by === 'number'
        ? format.number(Math.abs(by))
        : format.money({ ...by, amount: by.amount.replace('-', '') }, usual);
  return (
    <tr>
      <th scope="row">{t(`figure_${figure.key}`)}</th>
      <td>{show(figure.a)}</td>
      <td className={css.second}>{show(figure.b)}</td>
      <td className={`${css.by} ${figure.more && size ? (size > 0 ? 'good medium' : 'attn medium') : ''}`}>
        {size ? <bdi dir="ltr">{`${size > 0 ? '+' : '−'}${text}`}</bdi> : null}
      </td>
    </tr>
  );
}

const TONES: Record<Deal['status'], Tone | undefined> = { won: 'good', open: 'act', lost: undefined };

function DealRow({ deal: { id, name, a, b } }: { deal: DealDifference }) {
  const [t, format, usual, stageOf] = [useCustomerTexts(), useFormat(), useUsualCurrency(), useStages()];
  // Both were open: what differs is the stage.
  const bothOpen = a?.status === 'open' && b?.status === 'open';
  const state = (deal: Deal | undefined) =>
    deal ? (
      <Badge tone={TONES[deal.status]}>{bothOpen && a.stageId !== b.stageId ? stageOf(deal.stageId) : t(`status_${deal.status}`)}</Badge>
    ) : (
      <span className="faint">{t('didNotExist')}</span>
    );
  return (
    <tr>
      <th scope="row">
        <RecordName kind="sales.opportunity" id={id} name={name} className="plain-link" />
      </th>
      <td>{state(a)}</td>
      <td>{state(b)}</td>
      <td className={css.by}>{b?.worth ? format.money(b.worth, usual) : ''}</td>
    </tr>
  );
}
