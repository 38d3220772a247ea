import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { useSettingsTexts } from '../../texts/settings/index.ts';
import css from './settings.module.css';

const SAID_FOR = 2_000;

/** A button that copies, and says that it did. */
export function CopyButton({ text, label, subtle = false }: { text: string; label?: string; subtle?: boolean }) {
  const t = useSettingsTexts();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), SAID_FOR);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button
      variant={subtle ? 'subtle' : 'default'}
      leftSection={<Icon name={done ? 'check' : 'copy'} size="s" />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    >
      <span aria-live="polite">{done ? t('copied') : (label ?? t('copy'))}</span>
    </Button>
  );
}

/** Something to be copied whole: a link, a key. It is Latin, and read from left to right in every language. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <div className={css.code} role="group" aria-label={label}>
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
