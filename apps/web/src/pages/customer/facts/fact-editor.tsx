import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { viewOf } from '../../../api/kinds.ts';
import type { Money } from '../../../format/format.ts';
import { CellChoice, CellCode, CellNumber, CellRecord, CellTags, CellText } from '../../../parts/fields/cell-editors.tsx';
import { ChannelsField, MoneyField, type Channel } from '../../../parts/fields/form-fields.tsx';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { useDisplayNames } from '../../../parts/history/field-value.tsx';
import { useSettings } from '../../../queries/me.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import css from '../customer.module.css';
import type { Customer } from '../kinds.ts';
import { AddressesField, type Address } from './addresses-field.tsx';
import { COUNTRIES, LANGUAGES, SECTORS } from '../../../parts/fields/codes.ts';

type Props = { of: Customer; field: string; label: string; value: unknown; keep: (value: unknown) => void; drop: () => void };

/** The editor that fits what a field holds, in its place: Enter keeps, Esc drops. Lists have buttons for that. */
export function FactEditor({ of, field, label, value, keep, drop }: Props) {
  const [valueOf, nameOf] = [useValueTexts(), useDisplayNames()];
  const how = { label, keep, drop };
  const holds = viewOf(of.kind).fields[field];
  const text = value === undefined ? undefined : String(value);
  if (field === 'emails' || field === 'phones')
    return <ChannelsEditor of={field === 'emails' ? 'email' : 'phone'} value={value as Channel[]} {...how} />;
  if (field === 'addresses') return <AddressesEditor value={value as Address[]} {...how} />;
  if (field === 'tags') return <CellTags value={(value as string[] | undefined) ?? []} {...how} />;
  if (field === 'sector') return <CellCode value={text} codes={SECTORS} nameOf={valueOf} {...how} />;
  if (field === 'country') return <CellCode value={text} codes={COUNTRIES} nameOf={(code) => nameOf('region', code)} {...how} />;
  if (field === 'language') return <CellCode value={text} codes={LANGUAGES} nameOf={(code) => nameOf('language', code)} {...how} />;
  if (field === 'zone') return <CellCode value={text} codes={Intl.supportedValuesOf('timeZone')} nameOf={(code) => code} {...how} />;
  if (holds?.kind === 'choice')
    return (
      <CellChoice
        value={value as string | undefined}
        options={holds.options.map((option) => ({ value: option, label: valueOf(option) }))}
        {...how}
      />
    );
  if (holds?.kind === 'ref')
    return (
      <CellRecord
        kind={holds.of as 'contacts.account'}
        value={value as string | undefined}
        clearable={field !== 'ownerId' || of.kind === 'contacts.account'}
        {...how}
      />
    );
  if (holds?.kind === 'number' || typeof value === 'number')
    return <CellNumber value={value as number | undefined} grouped={field !== 'foundedIn'} {...how} />;
  if (holds?.kind === 'money') return <MoneyEditor value={value as Money | undefined} {...how} />;
  return <CellText value={text} {...how} />;
}

type How = { label: string; keep: (value: unknown) => void; drop: () => void };

function MoneyEditor({ value, label, keep, drop }: How & { value: Money | undefined }) {
  const usual = useSettings()?.currency ?? 'USD';
  const [typed, setTyped] = useState(value);
  const currencies = [...new Set([value?.currency, usual, 'USD', 'EUR', 'GBP'].filter((one): one is string => one !== undefined))];
  return (
    <Form onSave={() => keep(typed ?? null)} onDrop={drop}>
      <MoneyField label={<span className="sr">{label}</span>} value={typed} onChange={setTyped} currencies={currencies} />
    </Form>
  );
}

function ChannelsEditor({ of, value, label, keep, drop }: How & { of: 'email' | 'phone'; value: readonly Channel[] }) {
  const member = of === 'email' ? 'address' : 'number';
  const text = (one: Channel) => String((one as Record<string, unknown>)[member] ?? '');
  const [channels, setChannels] = useState<readonly Channel[]>(value.length > 0 ? value : [{ [member]: '', type: 'work' } as Channel]);
  // What was typed goes with the value it was typed for; another value is typed anew.
  const kept = () =>
    channels
      .filter((one) => text(one).trim() !== '')
      .map((one) => {
        const same = value.some((before) => text(before) === text(one));
        const { typed: _, ...rest } = one as Channel & { typed?: string };
        return same ? one : rest;
      });
  return (
    <Form onSave={() => keep(kept())} onDrop={drop}>
      <ChannelsField of={of} label={<span className="sr">{label}</span>} value={channels} onChange={setChannels} />
    </Form>
  );
}

function AddressesEditor({ value, label, keep, drop }: How & { value: readonly Address[] }) {
  const [addresses, setAddresses] = useState<readonly Address[]>(value.length > 0 ? value : [{ type: 'work' }]);
  return (
    <Form
      onSave={() =>
        keep(addresses.filter(({ street, city, region, postalCode, country }) => street || city || region || postalCode || country))
      }
      onDrop={drop}
    >
      <AddressesField label={label} value={addresses} onChange={setAddresses} />
    </Form>
  );
}

function Form({ onSave, onDrop, children }: { onSave: () => void; onDrop: () => void; children: ReactNode }) {
  const parts = usePartTexts();
  return (
    <form
      className={css.factForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onDrop();
        event.stopPropagation();
      }}
    >
      {children}
      <span className="row">
        <Button type="submit" size="xs" variant="filled">
          {parts('save')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onDrop}>
          {parts('cancel')}
        </Button>
      </span>
    </form>
  );
}
