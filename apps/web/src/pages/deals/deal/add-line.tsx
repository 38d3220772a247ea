import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Money } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { MoneyField } from '../../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { queryClient } from '../../../queries/client.ts';
import { recordQuery } from '../../../queries/records.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import type { Deal } from '../deal.ts';
import { useCurrencies } from '../use-currencies.ts';
import { useDealActs } from '../use-deal-acts.ts';
import css from './deal.module.css';
import { useLineProblem } from './use-line-problem.ts';

/** Adds a product to a deal: at its list price in the deal's currency, unless another is typed. */
export function AddLine({ deal, onDone }: { deal: Deal; onDone: () => void }) {
  const [t, parts, format, usual] = [useDealTexts(), usePartTexts(), useFormat(), useUsualCurrency()];
  const [acts, say, currencies] = [useDealActs(), useLineProblem(), useCurrencies()];
  const [productId, setProductId] = useState<string>();
  const [quantity, setQuantity] = useState<number>(1);
  const [typed, setTyped] = useState<Money>();
  const [problem, setProblem] = useState<string>();
  const { data: product } = useQuery({ ...recordQuery('sales.product', productId ?? ''), enabled: productId !== undefined });
  const currency = deal.value?.currency ?? deal.lines[0]?.price.currency;
  const listed = listedIn(product?.doc.prices ?? [], currency);
  const save = async () => {
    if (!productId) return setProblem(t('chooseProduct'));
    try {
      // What was chosen a moment ago may not be there yet.
      const { doc } = product ?? (await queryClient.ensureQueryData(recordQuery('sales.product', productId)));
      const asked = typed ?? listedIn(doc.prices, currency);
      if (!asked) return setProblem(t('noPrice'));
      await acts.addLine(deal, { productId, quantity, price: asked, name: doc.name });
    } catch (error) {
      return setProblem(say(error));
    }
    return onDone();
  };
  return (
    <form
      className={css.addLine}
      noValidate
      aria-label={t('addLine')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <RecordPicker
        kind="sales.product"
        label={t('product')}
        autoFocus
        withinPortal={false}
        value={productId}
        onChange={(id) => {
          setProductId(id);
          setTyped(undefined);
          setProblem(undefined);
        }}
      />
      <NumberInput
        label={t('quantity')}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        min={1}
        max={1_000_000}
        value={quantity}
        onChange={(next) => setQuantity(Math.max(1, Number(next) || 1))}
      />
      <MoneyField
        label={t('price')}
        value={typed ?? listed}
        onChange={setTyped}
        currencies={[...new Set([currency ?? listed?.currency ?? usual ?? 'USD', ...currencies])]}
        description={listed && typed && typed.amount !== listed.amount ? t('listPrice', { price: format.money(listed, usual) }) : undefined}
      />
      {problem && <Notice wrong>{problem}</Notice>}
      <div className="row">
        <Button type="submit" variant="filled">
          {parts('add')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {parts('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** The list price in a deal's currency; where the deal has none yet, the first there is. */
const listedIn = (prices: readonly Money[], currency: string | undefined): Money | undefined =>
  prices.find((price) => price.currency === currency) ?? (currency ? undefined : prices[0]);
