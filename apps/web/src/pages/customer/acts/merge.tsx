import { Button, Modal, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { queryClient } from '../../../queries/client.ts';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { FieldValue } from '../../../parts/history/field-value.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Notice, ProblemNotice } from '../../../parts/notice.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import css from '../customer.module.css';
import { fieldsOf, type Profile, type Whole } from '../kinds.ts';
import { lifelineQuery, wholeQuery } from '../queries.ts';
import { choicesOf, chosenOf, firstChoice } from './merge-choices.ts';

/** Makes one customer of two: whom, who stays, and whose value counts in each field; and what will be seen together. */
export function MergeDialog({ page, onClose }: { page: CustomerPage; onClose: () => void }) {
  const [t, parts] = [useCustomerTexts(), usePartTexts()];
  const { of, id, now } = page;
  const [otherId, setOtherId] = useState<string>();
  const self = otherId === id || (otherId !== undefined && now.members.includes(otherId));
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={t('mergeTitle', { name: now.profile.name })}
      closeButtonProps={{ 'aria-label': parts('close') }}
    >
      <div className={css.dialog}>
        <p className="sm muted">{t('mergeHint')}</p>
        <RecordPicker
          kind={of.kind}
          label={t('mergeWhom')}
          value={otherId}
          onChange={setOtherId}
          error={self ? t('mergeSelf') : undefined}
        />
        {otherId !== undefined && !self && <Choose key={otherId} page={page} otherId={otherId} onClose={onClose} />}
      </div>
    </Modal>
  );
}

function Choose({ page: { of, now, entries }, otherId, onClose }: { page: CustomerPage; otherId: string; onClose: () => void }) {
  const [t, acts, fieldOf] = [useCustomerTexts(), useActs(), useFieldTexts()];
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(wholeQuery(of, otherId));
  const life = useQuery(lifelineQuery(of, otherId)).data;
  const [swapped, setSwapped] = useState(false);
  const [picked, setPicked] = useState<Record<string, 'mine' | 'theirs'>>({});
  if (error) return <ProblemNotice error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton widths={[90, 90, 90]} />;
  const [survivor, absorbed] = swapped ? [data.whole, now] : [now, data.whole];
  const choices = choicesOf(fieldsOf(of), survivor.profile as Profile, absorbed.profile as Profile);
  const merge = async () => {
    const body = { absorbedId: absorbed.profile.id, chosen: chosenOf(choices, picked, absorbed.profile.id) };
    const path = `/${of.resource}/${survivor.profile.id}/merge`;
    const done = await acts.attempt(
      'contacts',
      (act) => api.send('post', path, body, { act }),
      () => t('mergedSaid', { name: survivor.profile.name, other: absorbed.profile.name }),
    );
    if (!done) return;
    onClose();
    await queryClient.invalidateQueries();
    if (swapped) await navigate({ to: `/${of.resource}/${survivor.profile.id}` as string, replace: true });
  };
  return (
    <>
      <div className={css.scroller}>
        <table className={css.choices}>
          <thead>
            <tr>
              <td />
              {[survivor, absorbed].map(({ profile }, at) => (
                <th key={profile.id} scope="col">
                  <bdi>{profile.name}</bdi>
                  <span className="xs faint">{t(at === 0 ? 'stays' : 'becomesPart')}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {choices.map((choice) => (
              <tr key={choice.field}>
                <th scope="row">{fieldOf(choice.field)}</th>
                {(['mine', 'theirs'] as const).map((which) => {
                  const value = choice[which];
                  const chosen = (picked[choice.field] ?? firstChoice(choice)) === which;
                  const none = which === 'theirs' && chosenOf([choice], { [choice.field]: 'theirs' }, 'x').length === 0;
                  return (
                    <td key={which} data-chosen={chosen ? '' : undefined}>
                      {none ? (
                        <FieldValue kind={of.kind} field={choice.field} value={value} plain />
                      ) : (
                        <Radio
                          name={`merge-${choice.field}`}
                          checked={chosen}
                          onChange={() => setPicked({ ...picked, [choice.field]: which })}
                          label={<FieldValue kind={of.kind} field={choice.field} value={value} plain />}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {choices.length === 0 && <Notice>{t('mergeNoChoice')}</Notice>}
      <p className="sm muted">
        {t('mergeTogether', { deals: countOf(now) + countOf(data.whole), n: entries.length + (life?.entries.length ?? 0) })}
      </p>
      <div className="row wrap">
        <Button variant="filled" leftSection={<Icon name="merge" size="s" />} onClick={() => void merge()}>
          {t('merge')}
        </Button>
        <Button
          variant="subtle"
          leftSection={<Icon name="swap" size="s" />}
          onClick={() => {
            setSwapped(!swapped);
            setPicked({});
          }}
        >
          {t('mergeSwap')}
        </Button>
      </div>
    </>
  );
}

const countOf = ({ deals }: Whole): number => (deals ? deals.items.length + deals.more : 0);
