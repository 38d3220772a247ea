import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import { Conflict, type Difference } from '../../parts/conflict.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { MoneyField, type Money } from '../../parts/fields/form-fields.tsx';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useIsPage } from '../../parts/record-name.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Stat } from '../../parts/stat.tsx';
import { useMay } from '../../queries/me.ts';
import { recordQuery } from '../../queries/records.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { PRODUCTS, type Product } from './product.ts';
import css from './products.module.css';
import { useProductActs, type ProductForm } from './use-product-acts.ts';
import { useUsage } from './use-usage.ts';

/** Makes a product, or looks at one and changes it: `id` undefined makes one. */
export function ProductDrawer({ id, opened, onClose }: { id: string | undefined; opened: boolean; onClose: () => void }) {
  const t = useProductTexts();
  const { data, error, refetch } = useQuery({ ...recordQuery(PRODUCTS, id ?? ''), enabled: opened && id !== undefined });
  if (!opened) return null;
  if (id === undefined) return <Form key="new" product={undefined} revision={undefined} onClose={onClose} />;
  if (data) return <Form key={id} product={data.doc} revision={data.revision} onClose={onClose} />;
  return (
    <Drawer opened onClose={onClose} title={t('product')}>
      {error ? <ProblemNotice error={error} again={() => void refetch()} /> : <Skeleton widths={[60, 90, 90, 40]} height={28} />}
    </Drawer>
  );
}

const formOf = ({ code, name, series, prices, active, externalId }: Product): ProductForm => ({
  code,
  name,
  series,
  prices,
  active,
  externalId,
});
const FIELDS = ['name', 'code', 'series', 'prices', 'active', 'externalId'] as const;

function Form({ product, revision, onClose }: { product: Product | undefined; revision: number | undefined; onClose: () => void }) {
  const [t, parts, fieldOf, may, acts] = [useProductTexts(), usePartTexts(), useFieldTexts(), useMay(), useProductActs()];
  const [format, usual] = [useFormat(), useUsualCurrency()];
  const [begun] = useState(product);
  const [meant, setMeant] = useState(revision);
  const [form, setForm] = useState<ProductForm>(product ? formOf(product) : { code: '', name: '', prices: [], active: true });
  const [error, setError] = useState<unknown>();
  const [clash, setClash] = useState<{ differences: Difference[]; now: Product; revision: number | undefined }>();
  const set = (patch: Partial<ProductForm>) => setForm((before) => ({ ...before, ...patch }));
  const problem = error instanceof ApiProblem ? error : undefined;
  const edits = !product?.removed && may(product ? 'change' : 'create', PRODUCTS);
  const prices = form.prices ?? [];

  const save = async (values: ProductForm = form, against = begun, ifMatch = meant): Promise<void> => {
    const name = values.name.trim();
    const code = values.code.trim() || name.slice(0, 60);
    if (name === '') return setError('nameless');
    const body: ProductForm = {
      ...values,
      name,
      code,
      series: values.series?.trim() || undefined,
      externalId: values.externalId?.trim() || undefined,
      prices: values.prices?.filter(({ amount }) => amount !== ''),
    };
    try {
      if (against) {
        const changed = FIELDS.filter((field) => JSON.stringify(body[field]) !== JSON.stringify(formOf(against)[field]));
        if (changed.length > 0)
          await acts.change(against, Object.fromEntries(changed.map((field) => [field, body[field] ?? null])), ifMatch);
      } else await acts.create(body);
    } catch (refused) {
      if (against && refused instanceof ApiProblem && refused.status === 412) return meet(body, against);
      return setError(refused);
    }
    return onClose();
  };
  /** Somebody has changed the product meanwhile: what both have changed is to be chosen; the rest is no conflict. */
  const meet = async (mine: ProductForm, against: Product): Promise<void> => {
    const answer = await api.get('/products/{id}', { params: { id: against.id } });
    const [was, now] = [formOf(against), formOf(answer.data)];
    const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
    const both = FIELDS.filter(
      (field) => differs(mine[field], was[field]) && differs(now[field], was[field]) && differs(mine[field], now[field]),
    );
    const merged = {
      ...now,
      ...Object.fromEntries(FIELDS.filter((field) => differs(mine[field], was[field])).map((field) => [field, mine[field]])),
    };
    if (both.length === 0) return save(merged, answer.data, answer.revision);
    setForm(merged);
    setMeant(answer.revision);
    return setClash({
      differences: both.map((field) => ({ field, label: fieldOf(field), mine: mine[field], theirs: now[field] })),
      now: answer.data,
      revision: answer.revision,
    });
  };
  const show = (field: string, value: unknown) => {
    if (field === 'prices') return format.sums((value as Money[] | undefined) ?? [], usual);
    if (field === 'active') return t(value ? 'isSold' : 'notSold');
    return <bdi>{String(value ?? parts('none'))}</bdi>;
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      title={product ? <bdi>{product.name}</bdi> : t('new')}
      foot={
        edits &&
        !clash && (
          <>
            <Button type="submit" form="product" variant="filled">
              {parts('save')}
            </Button>
            <Button variant="subtle" onClick={onClose}>
              {parts('cancel')}
            </Button>
            {product && may('remove', PRODUCTS) && (
              <Button
                variant="subtle"
                className="end"
                leftSection={<Icon name="trash" size="s" />}
                onClick={() => void acts.remove(product).then((gone) => gone && onClose())}
              >
                {parts('remove')}
              </Button>
            )}
          </>
        )
      }
    >
      {clash ? (
        <Conflict
          differences={clash.differences}
          show={show}
          onSave={(chosen) => {
            const theirs = Object.fromEntries(
              clash.differences.filter(({ field }) => !(field in chosen)).map(({ field, theirs: value }) => [field, value]),
            );
            setClash(undefined);
            void save({ ...form, ...theirs }, clash.now, clash.revision);
          }}
          onDrop={onClose}
        />
      ) : (
        <form
          id="product"
          noValidate
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {problem && problem.fields.length === 0 && <ProblemNotice error={problem} />}
          {error !== undefined && !problem && error !== 'nameless' && <ProblemNotice error={error} />}
          <TextInput
            label={fieldOf('name')}
            data-autofocus={product ? undefined : true}
            dir="auto"
            maxLength={200}
            readOnly={!edits}
            value={form.name}
            error={error === 'nameless' ? t('nameMissing') : problem?.of('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={fieldOf('code')}
            description={t('codeHint')}
            dir="auto"
            maxLength={60}
            readOnly={!edits}
            value={form.code}
            error={problem?.of('code')}
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
          <TextInput
            label={fieldOf('series')}
            dir="auto"
            maxLength={100}
            readOnly={!edits}
            value={form.series ?? ''}
            error={problem?.of('series')}
            onChange={(event) => set({ series: event.currentTarget.value })}
          />
          <Prices prices={prices} onPrices={(next) => set({ prices: next })} error={problem?.of('prices')} edits={edits} />
          <Switch
            label={t('isSold')}
            description={t('soldHint')}
            checked={form.active ?? true}
            disabled={!edits}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />
          <TextInput
            label={fieldOf('externalId')}
            dir="auto"
            maxLength={100}
            readOnly={!edits}
            value={form.externalId ?? ''}
            error={problem?.of('externalId')}
            onChange={(event) => set({ externalId: event.currentTarget.value })}
          />
        </form>
      )}
      {product && !clash && <Sells product={product} />}
    </Drawer>
  );
}

/** Prices, one per currency. */
function Prices({
  prices,
  onPrices,
  error,
  edits,
}: {
  prices: readonly Money[];
  onPrices: (prices: Money[]) => void;
  error: string | undefined;
  edits: boolean;
}) {
  const [t, parts, usual, fieldOf] = [useProductTexts(), usePartTexts(), useUsualCurrency(), useFieldTexts()];
  const free = [usual ?? 'USD', ...CURRENCIES].find((currency) => !prices.some((price) => price.currency === currency));
  return (
    <fieldset className={css.prices}>
      <legend className="sm medium">{fieldOf('prices')}</legend>
      {prices.map((price, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a price may change its currency while it is edited
        <div key={at} className="row">
          <div className="grow">
            <MoneyField
              ariaLabel={t('priceIn', { currency: price.currency })}
              value={price}
              currencies={CURRENCIES.filter((one) => one === price.currency || !prices.some(({ currency }) => currency === one))}
              onChange={(next) => onPrices(prices.with(at, next ?? { amount: '', currency: price.currency }))}
            />
          </div>
          {edits && (
            <ActionIcon aria-label={t('dropPrice', { currency: price.currency })} onClick={() => onPrices(prices.toSpliced(at, 1))}>
              <Icon name="x" size="s" />
            </ActionIcon>
          )}
        </div>
      ))}
      {error && <span className="xs attn">{error}</span>}
      {edits && free && (
        <div>
          <Button
            variant="subtle"
            size="xs"
            leftSection={<Icon name="plus" size="s" />}
            onClick={() => onPrices([...prices, { amount: '', currency: free }])}
          >
            {parts('add')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** Those that are met most; any other comes with a file or over the interface. */
const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'BGN',
  'ILS',
  'UZS',
  'RUB',
  'UAH',
  'PLN',
  'CZK',
  'SEK',
  'NOK',
  'DKK',
  'TRY',
  'KZT',
  'JPY',
  'CNY',
  'INR',
  'CAD',
  'AUD',
];

/** How a product sells; each number opens to its deals. */
function Sells({ product }: { product: Product }) {
  const [t, format, usual, isPage] = [useProductTexts(), useFormat(), useUsualCurrency(), useIsPage()];
  const figures = useUsage()?.get(product.id);
  const search = (status: string) => ({
    view: 'all',
    filter: `lines.productId has ${JSON.stringify(product.id)} and status eq ${JSON.stringify(status)}`,
  });
  if (!figures) return null;
  return (
    <section className={css.sells} aria-label={t('sells')}>
      <h3 className="sm strong">{t('sells')}</h3>
      <div className={css.stats}>
        <Stat label={t('wonValue')} value={format.sums(figures.wonValue, usual)} />
        <Stat label={t('winRate')} value={figures.winRate ? format.percent(figures.winRate) : '–'} />
        <Stat label={t('openValue')} value={format.sums(figures.openValue, usual)} />
      </div>
      {isPage('/deals/list') && (
        <p className="sm row wrap">
          <Link to="/deals/list" search={search('open')}>
            {t('nOpen', { n: figures.open })}
          </Link>
          <Link to="/deals/list" search={search('won')}>
            {t('nWon', { n: figures.won })}
          </Link>
          <Link to="/deals/list" search={search('lost')}>
            {t('nLost', { n: figures.lost })}
          </Link>
        </p>
      )}
    </section>
  );
}
