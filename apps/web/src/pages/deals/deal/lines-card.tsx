import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Card } from '../../../parts/card.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { RecordName } from '../../../parts/record-name.tsx';
import { amountTyped } from '../../../parts/fields/form-fields.tsx';
import { useName } from '../../../queries/names.ts';
import { useHidden, useMay } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { DEALS, lineTotal, linesTotal, type Deal, type Line } from '../deal.ts';
import { useDealActs } from '../use-deal-acts.ts';
import { AddLine } from './add-line.tsx';
import css from './deal.module.css';
import { useLineProblem } from './use-line-problem.ts';

const MOST = 1_000_000;

/** What a deal consists of: products with their quantities and prices, exact, in one currency. */
export function LinesCard({ deal, past }: { deal: Deal; past: boolean }) {
  const [t, format, usual, may, hidden] = [useDealTexts(), useFormat(), useUsualCurrency(), useMay(), useHidden(DEALS)];
  const [acts, say] = [useDealActs(), useLineProblem()];
  const [adding, setAdding] = useState(false);
  const [refused, setRefused] = useState<string>();
  if (hidden.includes('lines') || hidden.includes('value')) return null;
  const edits = !past && deal.open && !deal.removed && may('change', DEALS);
  const total = linesTotal(deal.lines);
  const overridden = deal.open && deal.value && total && deal.value.amount !== total.amount;
  const attempt = (work: Promise<unknown>) => {
    setRefused(undefined);
    work.catch((error: unknown) => setRefused(say(error)));
  };
  return (
    <Card
      title={t('lines')}
      count={deal.lines.length > 0 ? format.number(deal.lines.length) : undefined}
      end={
        edits &&
        !adding && (
          <Button size="xs" leftSection={<Icon name="plus" size="s" />} onClick={() => setAdding(true)}>
            {t('addLine')}
          </Button>
        )
      }
    >
      {deal.lines.length === 0 && !adding && <p className="muted sm">{t(edits ? 'noLines' : 'noLinesThen')}</p>}
      {deal.lines.length > 0 && (
        <table className={css.lines}>
          <thead>
            <tr>
              <th scope="col">{t('product')}</th>
              <th scope="col" className="num">
                {t('quantity')}
              </th>
              <th scope="col" className="num">
                {t('price')}
              </th>
              <th scope="col" className="num">
                {t('sum')}
              </th>
              {edits && (
                <th scope="col">
                  <span className="sr">{t('moreActs')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {deal.lines.map((line) => (
              <LineRow
                key={line.lineId}
                line={line}
                onChange={edits ? (change) => attempt(acts.changeLine(deal, line, change)) : undefined}
                onRemove={edits ? () => attempt(acts.removeLine(deal, line)) : undefined}
              />
            ))}
          </tbody>
          {total && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {t('together')}
                </th>
                <td className="num strong">{format.money(total, usual)}</td>
                {edits && <td />}
              </tr>
            </tfoot>
          )}
        </table>
      )}
      {refused && <Notice wrong>{refused}</Notice>}
      {overridden && (
        <Notice>
          {t('valueIsSet', { value: format.money(deal.value!, usual), lines: format.money(total, usual) })}{' '}
          {edits && (
            <button
              type="button"
              className="link"
              onClick={() => attempt(acts.change(deal, { value: null }, t('valueByLines', { name: deal.name })))}
            >
              {t('useLines')}
            </button>
          )}
        </Notice>
      )}
      {adding && edits && <AddLine deal={deal} onDone={() => setAdding(false)} />}
    </Card>
  );
}

function LineRow({
  line,
  onChange,
  onRemove,
}: {
  line: Line;
  onChange?: (change: Partial<Pick<Line, 'quantity' | 'price'>>) => void;
  onRemove?: () => void;
}) {
  const [t, format, usual] = [useDealTexts(), useFormat(), useUsualCurrency()];
  const product = useName('sales.product', line.productId) ?? '';
  return (
    <tr>
      <td>
        <RecordName kind="sales.product" id={line.productId} className="plain-link medium" />
      </td>
      <td className="num">
        {onChange ? (
          <NumberInput
            key={line.quantity}
            aria-label={t('quantityOf', { product })}
            className={css.quantity}
            hideControls
            allowDecimal={false}
            allowNegative={false}
            min={1}
            max={MOST}
            defaultValue={line.quantity}
            onBlur={(event) => {
              const quantity = Number(event.currentTarget.value.replaceAll(/\D/g, ''));
              if (quantity >= 1 && quantity !== line.quantity) onChange({ quantity });
            }}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        ) : (
          format.number(line.quantity)
        )}
      </td>
      <td className="num">
        {onChange ? (
          <Price
            key={line.price.amount}
            line={line}
            label={t('priceOf', { product })}
            onChange={(amount) => onChange({ price: { ...line.price, amount } })}
          />
        ) : (
          format.money(line.price, usual)
        )}
      </td>
      <td className="num medium">{format.money(lineTotal(line), usual)}</td>
      {onRemove && (
        <td className={css.removes}>
          <ActionIcon aria-label={t('removeLine', { product })} onClick={onRemove}>
            <Icon name="x" size="s" />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
}

function Price({ line, label, onChange }: { line: Line; label: string; onChange: (amount: string) => void }) {
  const [amount, setAmount] = useState(line.price.amount);
  const usual = useUsualCurrency();
  return (
    <TextInput
      aria-label={label}
      className={css.price}
      inputMode="decimal"
      dir="ltr"
      value={amount}
      onChange={(event) => setAmount(amountTyped(event.currentTarget.value))}
      onBlur={() => {
        if (amount === '') setAmount(line.price.amount);
        else if (amount !== line.price.amount) onChange(amount);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      rightSectionWidth={line.price.currency === usual ? undefined : 44}
      rightSection={line.price.currency === usual ? undefined : <span className="xs muted">{line.price.currency}</span>}
    />
  );
}
