import type { ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { daysBetween, dayIn } from '../../format/format.ts';
import { Icon } from '../../parts/icon.tsx';
import parts from '../../parts/parts.module.css';
import { Segments } from '../../parts/segments.tsx';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import css from './customer.module.css';
import { useMomentText } from './time/use-moment-text.ts';
import type { MomentState, Shown } from './time/use-moment.ts';

/** The saffron band over a past moment, or over two that are compared: which, how far away, and the way back. */
export function Band({ moment }: { moment: MomentState }) {
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
    <Bar icon="history" onBack={moment.back}>
      <span className={`${parts.when} ${css.bandWhen}`}>
        {then
          ? t('asKnownOn', { day, known: format.dateTime(known) })
          : known !== undefined
            ? t('asKnown', { day })
            : shared('asItWas', { day })}
      </span>
      <span className="desk-only">{ago === 0 ? t('earlierToday') : shared('daysAgo', { n: ago })}</span>
      <span className="desk-only">{shared('readOnly')}</span>
      <span className={`${css.bandActs} desk-only`}>
        <span className={css.bandSegments}>
          <Segments
            label={t('whichTruth')}
            value={known === undefined ? 'was' : 'known'}
            onChange={(which) => moment.know(which === 'known')}
            options={[
              { value: 'was', label: t('wasThen') },
              { value: 'known', label: t('knownThen') },
            ]}
          />
        </span>
        <button type="button" className={`${parts.bandButton} ${parts.alt}`} onClick={() => moment.compare(a.at)}>
          {t('compareToday')}
        </button>
      </span>
    </Bar>
  );
}

function CompareBand({ moment, a, b }: { moment: MomentState; a: Shown; b: Shown }) {
  const [t, say] = [useCustomerTexts(), useMomentText(moment)];
  const name = (shown: Shown) => (shown.text === undefined ? t('today') : say.short(shown));
  const days = Math.abs(daysBetween(dayIn(a.at, moment.zone), dayIn(b.at, moment.zone)));
  return (
    <Bar icon="compare" onBack={moment.back}>
      <span className={`${parts.when} ${css.bandWhen}`}>{t('between', { first: name(a), second: name(b) })}</span>
      <span className="desk-only">{t('daysApart', { n: days })}</span>
      <span className={`${css.bandActs} desk-only`}>
        <button type="button" className={`${parts.bandButton} ${parts.alt}`} onClick={moment.swap}>
          {t('swap')}
        </button>
      </span>
    </Bar>
  );
}

function Bar({ icon, onBack, children }: { icon: 'history' | 'compare'; onBack: () => void; children: ReactNode }) {
  const shared = usePartTexts();
  useShortcuts([{ keys: 'Escape', run: onBack, says: shared('backToToday') }]);
  return (
    <div className={`${parts.band} ${css.band}`} role="status">
      <Icon name={icon} />
      {children}
      <button type="button" className={`${parts.bandButton} ${css.bandBack}`} onClick={onBack}>
        {shared('backToToday')} <kbd className="desk-only">{shared('keyEscape')}</kbd>
      </button>
    </div>
  );
}
