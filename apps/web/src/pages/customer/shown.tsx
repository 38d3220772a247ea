import type { ReactNode } from 'react';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import css from './customer.module.css';

/** A value of a past moment: dotted underneath where today's is another, which stands below. `today` undefined: they are the same, or this is today. */
export function Then({ children, today }: { children: ReactNode; today?: ReactNode }) {
  return (
    <>
      <span className={today === undefined ? undefined : css.then}>{children}</span>
      <Today value={today} />
    </>
  );
}

/** What a value is today. */
export function Today({ value }: { value: ReactNode }) {
  const t = useCustomerTexts();
  return value === undefined ? null : <span className={css.today}>{t.rich('todayIs', { value })}</span>;
}
