import { Page } from '../../parts/page.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useCustomerTexts } from '../../texts/customer/index.ts';
import css from './customer.module.css';
import type { Customer } from './kinds.ts';

/** The shape of the page before anything is there. */
export function Waiting({ of }: { of: Customer }) {
  const t = useCustomerTexts();
  return (
    <Page title={t(of.square ? 'account' : 'contact')}>
      <div className={css.page}>
        <div className={css.ghost} style={{ height: 167 }}>
          <Skeleton widths={[28, 40]} height={16} />
        </div>
        <div className={css.ghost} style={{ height: 192 }}>
          <Skeleton widths={[20, 100, 100]} height={16} />
        </div>
        <div className={css.columns}>
          <div className={css.ghost}>
            <Skeleton widths={[60, 80, 50, 70, 60]} />
          </div>
          <div className={css.ghost}>
            <Skeleton widths={[70, 55, 65, 60, 70]} />
          </div>
          <div className={css.ghost}>
            <Skeleton widths={[80, 60, 70]} />
          </div>
        </div>
      </div>
    </Page>
  );
}
