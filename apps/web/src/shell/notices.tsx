import { ActionIcon, Popover } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { Empty } from '../parts/empty.tsx';
import { useShellTexts } from '../texts/shell/index.ts';
import { FRAME } from '../theme/theme.ts';
import css from './shell.module.css';
import { useNotices } from './notice-list.ts';

/** What needs this person: refusals that came later, imports that ended. */
export function Notices() {
  const t = useShellTexts();
  const { list, clear } = useNotices();
  return (
    <Popover position="bottom-end" portalProps={FRAME} trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('noticesN', { n: list.length })}>
          <Icon name="bell" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.menuList} aria-label={t('notices')}>
        <div className="row">
          <h2 className={css.popTitle}>{t('notices')}</h2>
          {list.length > 0 && (
            <button type="button" className="link xs end" onClick={clear}>
              {t('clear')}
            </button>
          )}
        </div>
        {list.length === 0 ? (
          <Empty title={t('noNotices')}>{t('noNoticesHint')}</Empty>
        ) : (
          <ul>
            {list.map(({ id, title, detail }) => (
              <li key={id} className={css.doneRow}>
                <Icon name="alert" size="s" />
                <div className="grow">
                  <div className="medium">{title}</div>
                  {detail && <div className="muted xs">{detail}</div>}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
