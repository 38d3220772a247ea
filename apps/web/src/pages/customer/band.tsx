import { useFormat } from '../../format/use-format.ts';
import { daysBetween, dayIn } from '../../format/format.ts';
import { Band } from '../../parts/as-of-band.tsx';
import parts from '../../parts/parts.module.css';
import { Segments } from '../../parts/segments.tsx';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useMomentText } from './time/use-moment-text.ts';
import type { MomentState, Shown } from './time/use-moment.ts';

/** The saffron band over a past moment, or over two that are compared: which, how far away, and the way back. */
export function MomentBand({ moment }: { moment: MomentState }) {
  const { a, b } = moment;
  if (b) return <CompareBand moment={moment} a={a} b={b} />;
  return moment.isPast ? <PastBand moment={moment} /> : null;
}

function PastBand({ moment }: { moment: MomentState }) {
  const [t, shared, format, say] = [useCustomerTexts(), usePartTexts(), useFormat(), useMomentText(moment)];
  const { a, known, zone, today } = moment;
  const day = say.long(a);
  const ago = daysBetween(dayIn(a.at, zone), today);
  const then = known !== undefined && known !== a.at;
  return (
    <Band
      when={
        then
          ? t('asKnownOn', { day, known: format.dateTime(known) })
          : known !== undefined
            ? t('asKnown', { day })
            : shared('asItWas', { day })
      }
      notes={[ago === 0 ? t('earlierToday') : format.relative(a.at), shared('readOnly')]}
      acts={
        <>
          <Segments
            label={t('whichTruth')}
            value={known === undefined ? 'was' : 'known'}
            onChange={(which) => moment.know(which === 'known')}
            options={[
              { value: 'was', label: t('wasThen') },
              { value: 'known', label: t('knownThen') },
            ]}
          />
          <button type="button" className={`${parts.bandButton} ${parts.alt}`} onClick={() => moment.compare(a.at)}>
            {t('compareToday')}
          </button>
        </>
      }
      onBack={moment.back}
    />
  );
}

function CompareBand({ moment, a, b }: { moment: MomentState; a: Shown; b: Shown }) {
  const [t, say] = [useCustomerTexts(), useMomentText(moment)];
  const name = (shown: Shown) => (shown.text === undefined ? t('today') : say.short(shown));
  const days = Math.abs(daysBetween(dayIn(a.at, moment.zone), dayIn(b.at, moment.zone)));
  return (
    <Band
      icon="compare"
      when={t('between', { first: name(a), second: name(b) })}
      notes={[t('daysApart', { n: days })]}
      acts={
        <button type="button" className={`${parts.bandButton} ${parts.alt}`} onClick={moment.swap}>
          {t('swap')}
        </button>
      }
      onBack={moment.back}
    />
  );
}
