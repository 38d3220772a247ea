import { ActionIcon, Button, MultiSelect } from '@mantine/core';
import { Icon } from '../../../parts/icon.tsx';
import { useGrantSentence, useGrantWords, type Grant } from '../../../parts/grants/grant-sentence.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useGrantTexts } from '../../../texts/grants/index.ts';
import css from './roles.module.css';

const CAN = ['*', 'read', 'create', 'change', 'remove', 'merge', 'import', 'export', 'undo', 'manage', 'erase', 'profile', 'events.read'];
const ON: readonly (readonly string[])[] = [
  ['*'],
  ['contacts', 'contacts.contact', 'contacts.account', 'contacts.activity'],
  ['sales', 'sales.opportunity', 'sales.product', 'sales.pipeline'],
  ['analytics'],
  ['workspace', 'workspace.user', 'workspace.team', 'workspace.role', 'workspace.tenant', 'workspace.view', 'workspace.api-key'],
];

export const EMPTY_GRANT: Grant = { can: ['read'], on: [], reach: 'own' };
/** Whether a grant says what, and where. */
export const isWholeGrant = ({ can, on }: Grant): boolean => can.length > 0 && on.length > 0;

/** Permissions one below the other, each read out as the sentence it makes. */
export function GrantEditor({
  value,
  onChange,
  explain,
  narrow = false,
}: {
  value: readonly Grant[];
  onChange: (grants: Grant[]) => void;
  explain: boolean;
  narrow?: boolean;
}) {
  const t = useGrantTexts();
  return (
    <div className={`${css.grants} ${narrow ? css.narrow : ''}`}>
      {value.map((grant, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- permissions have nothing but their place
        <OneGrant
          key={at}
          place={at + 1}
          grant={grant}
          explain={explain}
          onChange={(next) => onChange(value.with(at, next))}
          onRemove={() => onChange(value.toSpliced(at, 1))}
        />
      ))}
      <div>
        <Button variant="subtle" leftSection={<Icon name="plus" size="s" />} onClick={() => onChange([...value, EMPTY_GRANT])}>
          {t('addGrant')}
        </Button>
      </div>
    </div>
  );
}

/** Everything takes the place of what it contains. */
const chosen = (before: readonly string[], after: string[]): string[] =>
  after.includes('*') ? (before.includes('*') ? after.filter((one) => one !== '*') : ['*']) : after;

function OneGrant({
  place,
  grant,
  explain,
  onChange,
  onRemove,
}: {
  place: number;
  grant: Grant;
  explain: boolean;
  onChange: (grant: Grant) => void;
  onRemove: () => void;
}) {
  const [t, words, sentence] = [useGrantTexts(), useGrantWords(), useGrantSentence()];
  const isWhole = isWholeGrant(grant);
  const known = (list: readonly string[], own: readonly string[]) => [...list, ...own.filter((one) => !list.includes(one))];
  return (
    <fieldset className={css.grant}>
      <legend className="sr">{t('grant', { n: place })}</legend>
      <div className={css.said}>
        <span className={isWhole ? 'medium' : 'muted'}>{isWhole ? sentence(grant) : t('grantEmpty')}</span>
        <ActionIcon className="end" aria-label={t('removeGrant', { n: place })} onClick={onRemove}>
          <Icon name="x" size="s" />
        </ActionIcon>
      </div>
      <MultiSelect
        label={t('may')}
        data={known(CAN, grant.can).map((value) => ({ value, label: words.can(value) }))}
        value={grant.can}
        hidePickedOptions
        error={explain && grant.can.length === 0 ? t('grantEmpty') : undefined}
        onChange={(can) => onChange({ ...grant, can: chosen(grant.can, can) })}
      />
      <MultiSelect
        label={t('where')}
        data={ON.map((group) => ({ group: words.on(group[0]!), items: group.map((value) => ({ value, label: words.on(value) })) }))}
        value={grant.on}
        hidePickedOptions
        error={explain && grant.on.length === 0 ? t('grantEmpty') : undefined}
        onChange={(on) => onChange({ ...grant, on: chosen(grant.on, on) })}
      />
      <div className={css.reach}>
        <span className="sm medium">{t('howFar')}</span>
        <Segments
          label={t('howFar')}
          value={grant.reach}
          onChange={(reach) => onChange({ ...grant, reach })}
          options={(['own', 'team', 'all'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </div>
    </fieldset>
  );
}

/** Permissions to be read. */
export function GrantList({ grants }: { grants: readonly Grant[] }) {
  const [t, sentence] = [useGrantTexts(), useGrantSentence()];
  if (grants.length === 0) return <p className="sm muted">{t('nothing')}</p>;
  return (
    <ul className={css.sentences}>
      {grants.map((grant) => (
        <li key={JSON.stringify(grant)}>{sentence(grant)}</li>
      ))}
    </ul>
  );
}
