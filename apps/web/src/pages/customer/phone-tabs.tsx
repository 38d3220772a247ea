import { useId, type KeyboardEvent, type ReactNode } from 'react';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import css from './customer.module.css';

export type PhoneTab = 'timeline' | 'facts' | 'deals' | 'more';

/** On a phone the page's columns are tabs; which one is in the address. */
export function PhoneTabs({
  tabs,
  tab,
  onTab,
  children,
}: {
  tabs: readonly PhoneTab[];
  tab: PhoneTab;
  onTab: (tab: string | undefined) => void;
  children: ReactNode;
}) {
  const [t, id] = [useCustomerTexts(), useId()];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const forward = document.documentElement.dir === 'rtl' ? -step : step;
    const next = tabs[(tabs.indexOf(tab) + forward + tabs.length) % tabs.length]!;
    onTab(next === 'timeline' ? undefined : next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <>
      <div className={css.phoneTabs} role="tablist" aria-label={t('parts')} tabIndex={-1} onKeyDown={onKeyDown}>
        {tabs.map((one) => (
          <button
            key={one}
            id={`${id}-${one}`}
            type="button"
            role="tab"
            aria-selected={one === tab}
            aria-controls={one === tab ? `${id}-panel` : undefined}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => onTab(one === 'timeline' ? undefined : one)}
          >
            {t(`tab_${one}`)}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={css.phonePanel}>
        {children}
      </div>
    </>
  );
}
