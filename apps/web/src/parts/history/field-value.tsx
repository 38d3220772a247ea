import type { ReactNode } from 'react';
import { isKind, viewOf } from '../../api/kinds.ts';
import { useFormat, useUsualCurrency } from '../../format/use-format.ts';
import type { Money } from '../../format/format.ts';
import { useStages } from '../../queries/stages.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { Badge } from '../badge.tsx';
import { useValueTexts } from '../filter/use-sentence.tsx';
import { RecordName } from '../record-name.tsx';
import css from './history.module.css';

type Address = { street?: string; city?: string; region?: string; postalCode?: string; country?: string };

/** Names of countries and languages in the language of the pages; codes that have none stay codes. */
export function useDisplayNames(): (type: 'region' | 'language', code: string) => string {
  const { locale } = useFormat();
  return (type, code) => {
    try {
      return new Intl.DisplayNames([locale], { type, fallback: 'code' }).of(code) ?? code;
    } catch (error) {
      // What somebody typed in its place is no code.
      if (error instanceof RangeError) return code;
      throw error;
    }
  };
}

/** Fields that are shown otherwise than what they hold says. */
const SPECIAL: Record<string, 'country' | 'language' | 'year' | 'stage' | 'website' | 'quantity'> = {
  country: 'country',
  language: 'language',
  foundedIn: 'year',
  stageId: 'stage',
  website: 'website',
};

/** A field's value as people read it. `kind`: of the record it is a field of. `plain`: without links, inside a sentence or a choice. */
export function FieldValue({ kind, field, value, plain = false }: { kind: string; field: string; value: unknown; plain?: boolean }) {
  const [t, format, usual] = [usePartTexts(), useFormat(), useUsualCurrency()];
  const [valueOf, nameOf, stageOf] = [useValueTexts(), useDisplayNames(), useStages()];
  if (isEmptyValue(value)) return <span className="faint">{t('none')}</span>;
  const holds = isKind(kind) ? viewOf(kind).fields[field] : undefined;
  const text = (shown: ReactNode) => <bdi>{shown}</bdi>;
  switch (SPECIAL[field]) {
    case 'country':
      return text(nameOf('region', String(value)));
    case 'language':
      return text(nameOf('language', String(value)));
    case 'year':
      return text(String(value));
    case 'stage':
      return text(stageOf(String(value)));
    case 'website':
      return plain ? text(<span dir="ltr">{String(value)}</span>) : <Website address={String(value)} />;
  }
  if (holds?.kind === 'ref') return <RecordName kind={holds.of} id={String(value)} plain={plain} />;
  if (holds?.kind === 'choice' || field === 'sector') return text(valueOf(String(value)));
  if (holds?.kind === 'day') return text(format.day(String(value)));
  if (holds?.kind === 'instant' || field === 'dueAt') return text(format.dateTime(String(value)));
  if (typeof value === 'number') return text(format.number(value));
  if (typeof value === 'boolean') return text(t(value ? 'yes' : 'no'));
  if (isMoney(value)) return text(format.money(value, usual));
  if (field === 'tags') return <Tags tags={value as string[]} />;
  if (Array.isArray(value))
    return (
      <span className={css.lines}>
        {value.map((one, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- what lists hold has nothing but its place
          <Listed key={at} one={one} plain={plain} />
        ))}
      </span>
    );
  if (typeof value === 'object') return text(JSON.stringify(value));
  return text(String(value));
}

export const isEmptyValue = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** One of a list: a way to reach somebody, an address, or a record by its name. */
export function Listed({ one, plain = false }: { one: unknown; plain?: boolean }) {
  const nameOf = useDisplayNames();
  if (typeof one === 'string') {
    const slash = one.indexOf('/');
    return slash > 0 ? <RecordName kind={one.slice(0, slash)} id={one.slice(slash + 1)} plain={plain} /> : <bdi>{one}</bdi>;
  }
  const channel = one as { address?: string; number?: string; typed?: string } & Address;
  if (channel.address !== undefined)
    return plain ? (
      <bdi dir="ltr">{channel.address}</bdi>
    ) : (
      <a href={`mailto:${channel.address}`}>{<bdi dir="ltr">{channel.address}</bdi>}</a>
    );
  if (channel.number !== undefined)
    return plain ? (
      <bdi dir="ltr">{phoneText(channel)}</bdi>
    ) : (
      <a href={`tel:${channel.number.replaceAll(' ', '')}`}>
        <bdi dir="ltr">{phoneText(channel)}</bdi>
      </a>
    );
  return <bdi>{addressLine(channel, (code) => nameOf('region', code))}</bdi>;
}

/** An address in one line. */
export function addressLine({ street, postalCode, city, region, country }: Address, nameOf: (code: string) => string): string {
  const town = [postalCode, city].filter(Boolean).join(' ');
  return [street, town, region, country && nameOf(country)].filter(Boolean).join(', ');
}

/** A number as it was typed, where that is the whole number: in groups that can be read. Else as it is dialled. */
export function phoneText({ number, typed }: { number?: string; typed?: string }): string {
  const whole = typed?.trim().startsWith('+') && typed.replaceAll(/\D/g, '') === number?.replaceAll(/\D/g, '');
  return (whole ? typed?.trim() : number) ?? '';
}

function Website({ address }: { address: string }) {
  const href = /^https?:\/\//.test(address) ? address : `https://${address}`;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      <bdi dir="ltr">{address.replace(/^https?:\/\//, '').replace(/\/$/, '')}</bdi>
    </a>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="row wrap" style={{ gap: 4, display: 'inline-flex' }}>
      {tags.map((tag) => (
        <Badge key={tag} tone="line">
          <bdi>{tag}</bdi>
        </Badge>
      ))}
    </span>
  );
}
