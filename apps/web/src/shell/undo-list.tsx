import { ActionIcon, Popover } from '@mantine/core';
import { useFormat } from '../format/use-format.ts';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icon.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { FRAME } from '../theme/theme.ts';
import { UNDO_FOR, useDone, type Done } from '../undo/done.ts';
import css from './shell.module.css';
import { useActs } from './use-acts.ts';

/** What was done here, newest first, each with its way back. Ctrl Z takes back the last, for half an hour. */
export function UndoList() {
  const [t, done, acts] = [useShellTexts(), useDone(), useActs()];
  const recent = (one: Done) => Date.now() - one.at < UNDO_FOR;
  useShortcuts([
    {
      keys: 'Mod+KeyZ',
      says: t('undo'),
      group: t('keysEverywhere'),
      run: () => {
        const last = done.find((one) => one.state === 'done' && recent(one));
        if (last) void acts.undo(last);
      },
    },
    {
      keys: 'Mod+Shift+KeyZ',
      says: t('redo'),
      group: t('keysEverywhere'),
      run: () => {
        const last = done.find((one) => one.state === 'undone' && recent(one));
        if (last) void acts.redo(last);
      },
    },
  ]);
  return (
    <Popover position="bottom-end" portalProps={FRAME} trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t('undoList')}>
          <Icon name="undo" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.menuList} aria-label={t('undoList')}>
        <h2 className={css.popTitle}>{t('undoList')}</h2>
        {done.length === 0 ? (
          <Empty title={t('nothingDone')}>{t('nothingDoneHint')}</Empty>
        ) : (
          <ul>
            {done.map((one) => (
              <Row key={one.act} done={one} />
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Row({ done }: { done: Done }) {
  const [t, format, acts] = [useShellTexts(), useFormat(), useActs()];
  return (
    <li className={css.doneRow}>
      <div className="grow">
        <div>{done.state === 'undone' ? t('undoneSaid', { said: done.said }) : done.said}</div>
        <div className="faint xs">
          <time dateTime={new Date(done.at).toISOString()}>{format.relative(done.at)}</time>
        </div>
      </div>
      {done.state === 'done' && (
        <button type="button" className="link sm" onClick={() => void acts.undo(done)}>
          {t('undo')}
        </button>
      )}
      {done.state === 'undone' && (
        <button type="button" className="link sm" onClick={() => void acts.redo(done)}>
          {t('redo')}
        </button>
      )}
    </li>
  );
}
