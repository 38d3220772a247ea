import { useEffect, useState, type CSSProperties } from 'react';
import { Icon } from '../parts/icon.tsx';
import { keyNames } from '../shortcuts/shortcuts.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { useLook } from '../theme/use-look.ts';
import { useDone } from '../undo/done.ts';
import { closeToast, useToasts, type Toast } from '../undo/toasts.ts';
import css from './shell.module.css';
import { useActs } from './use-acts.ts';

const SECONDS = 8;
const TICK = 250;

/** Notices at the foot of the page: what was done, in numbers, with its way back. */
export function Toasts() {
  const [t, toasts] = [useShellTexts(), useToasts()];
  return (
    <div className={css.toasts} role="region" aria-label={t('done')} aria-live="polite">
      {toasts.map((toast) => (
        <ToastShown key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** Stays for eight seconds; longer while it is pointed at or has the focus, or where it is chosen that they stay. */
function ToastShown({ toast }: { toast: Toast }) {
  const [t, look, acts] = [useShellTexts(), useLook(), useActs()];
  const done = useDone().find((one) => one.act === toast.act);
  const [left, setLeft] = useState(1);
  const [held, setHeld] = useState(false);
  const stays = held || look.toastsStay === true;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - TICK / 1000 / SECONDS)), TICK);
    return () => clearInterval(timer);
  }, [stays]);
  useEffect(() => {
    if (left === 0) closeToast(toast.id);
  }, [left, toast.id]);
  const hold = {
    onPointerEnter: () => setHeld(true),
    onPointerLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  if (toast.act && !done) return null;
  return (
    <div className={css.toast} {...hold}>
      {toast.problem ? (
        <Icon name="alert" />
      ) : done?.state === 'done' ? (
        <Ring left={left} />
      ) : (
        <Icon name={done?.state === 'partly' ? 'alert' : 'check'} />
      )}
      <span>
        {toast.text}
        {toast.problem && (
          <>
            <strong>{toast.problem.title}</strong> {toast.problem.detail}
          </>
        )}
        {done &&
          (done.state === 'undone'
            ? t('undoneSaid', { said: done.said })
            : done.state === 'partly'
              ? t('partlyUndone', { n: done.of ?? 0, done: (done.of ?? 0) - (done.left?.length ?? 0) })
              : done.said)}
      </span>
      {done?.state === 'done' && (
        <>
          <button type="button" className={css.toastAct} onClick={() => void acts.undo(done)}>
            {t('undo')}
          </button>
          <kbd aria-hidden="true">{keyNames('Mod+KeyZ').join(' ')}</kbd>
        </>
      )}
      {done?.state === 'undone' && (
        <button type="button" className={css.toastAct} onClick={() => void acts.redo(done)}>
          {t('redo')}
        </button>
      )}
      <button type="button" className={css.close} aria-label={t('close')} onClick={() => closeToast(toast.id)}>
        <Icon name="x" size="s" />
      </button>
    </div>
  );
}

function Ring({ left }: { left: number }) {
  return <span className={css.ring} style={{ '--left': left } as CSSProperties} aria-hidden="true" />;
}
