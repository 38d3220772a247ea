import { Modal, Switch } from '@mantine/core';
import { keyNames, useListed } from '../shortcuts/shortcuts.ts';
import { useShellTexts } from '../texts/shell/index.ts';
import { setLook } from '../theme/look.ts';
import { FRAME } from '../theme/theme.ts';
import { useLook } from '../theme/use-look.ts';
import { hideKeys } from './keys-open.ts';
import css from './shell.module.css';

/** The keys that can be used where one is, and the switch that turns single letters off. */
export function KeysDialog() {
  const [t, listed, look] = [useShellTexts(), useListed(), useLook()];
  const groups = [...new Set(listed.map(({ group }) => group ?? t('keysHere')))];
  return (
    <Modal opened onClose={hideKeys} title={t('keys')} size="lg" portalProps={FRAME} closeButtonProps={{ 'aria-label': t('close') }}>
      <Switch
        label={t('keysLetters')}
        description={t('keysLettersHint')}
        checked={look.letters !== false}
        onChange={(event) => setLook({ letters: event.currentTarget.checked })}
      />
      {groups.map((group) => (
        <section key={group}>
          <h3 className={css.group}>{group}</h3>
          <dl className={css.keys}>
            {listed
              .filter((one) => (one.group ?? t('keysHere')) === group)
              .map(({ keys, says }) => (
                <div key={`${keys} ${says}`} className={css.keyRow}>
                  <dt>{says}</dt>
                  <dd>
                    {keyNames(keys).map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
