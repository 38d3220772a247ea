import type { ReactNode } from 'react';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import css from './customer.module.css';

/** A value of a past moment: dotted underneath where today's is another, which stands below. `today` undefined: they are the same, or this is today. */
export function Then({ children, today }: { children: ReactNode; today?: ReactNode }) {
  const t = useCustomerTexts();
  if (today === undefined) return children;
  return (
    <>
      <span className={css.then}>{children}</span>
      <span className={css.today}>{t.rich('todayIs', { value: today })}</span>
    </>
  );
}
