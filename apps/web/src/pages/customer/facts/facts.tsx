import { Modal } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { Conflict } from '../../../parts/conflict.tsx';
import { useChangeLabel } from '../../../parts/history/changes.tsx';
import { FieldValue, isEmptyValue } from '../../../parts/history/field-value.tsx';
import { useHidden } from '../../../queries/me.ts';
import { useShortcuts } from '../../../shortcuts/shortcuts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import { valueIn, type Profile } from '../kinds.ts';
import { Fact } from './fact.tsx';
import { useEditCustomer, type Base } from './use-edit-customer.ts';

/** What is known of a customer, field by field: each edited in its place, each with its history. What is empty is folded away. */
export function Facts({ page }: { page: CustomerPage }) {
  const [t, parts, labelOf] = [useCustomerTexts(), usePartTexts(), useChangeLabel()];
  const { of, now, shown, moment, may } = page;
  const hidden = useHidden(of.kind);
  const [all, setAll] = useState(false);
  const [begun, setBegun] = useState<{ field: string; base: Base }>();
  const { edit, clash, settle } = useEditCustomer(page);
  const editing = begun?.field;
  const begin = (field: string) => setBegun({ field, base: { profile: now.profile as Profile, revision: page.revision } });
  const changes = may('change') && !moment.isPast && !now.profile.erased;
  const [profile, today] = [shown.profile as Profile, now.profile as Profile];
  const own = Object.keys({ ...today.custom, ...profile.custom }).map((name) => `custom.${name}`);
  const groups = [...of.groups, ...(own.length > 0 ? [{ title: 'own' as const, fields: own }] : [])].map(({ title, fields }) => ({
    title,
    fields: fields.filter((field) => !hidden.includes(field.split('.')[0]!)),
  }));
  const isFilled = (field: string) => !isEmptyValue(valueIn(profile, field)) || !isEmptyValue(valueIn(today, field));
  // The name stands above; the parts of it are for those who look for them.
  const isShown = (field: string) => all || field === editing || (field !== 'name' && isFilled(field));
  const folded = groups.flatMap(({ fields }) => fields).filter((field) => !isShown(field)).length;
  const firstShown = groups.flatMap(({ fields }) => fields).find(isShown);
  useShortcuts(changes && firstShown ? [{ keys: 'KeyE', run: () => begin(firstShown), says: t('editFacts') }] : []);
  return (
    <Card title={t('facts')} className={css.facts}>
      {groups.map(({ title, fields }) => {
        const seen = fields.filter(isShown);
        if (seen.length === 0) return null;
        return (
          <section key={title} aria-label={t(`group_${title}`)}>
            <h3>{t(`group_${title}`)}</h3>
            <dl>
              {seen.map((field) => (
                <Fact
                  key={field}
                  page={page}
                  field={field}
                  editing={editing === field}
                  onEdit={changes ? () => begin(field) : undefined}
                  base={editing === field ? begun?.base : undefined}
                  onDone={() => setBegun(undefined)}
                  edit={edit}
                />
              ))}
            </dl>
          </section>
        );
      })}
      {(folded > 0 || all) && (
        <button type="button" className={`link xs ${css.fold}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('foldFields') : t('moreFields', { n: folded })}
        </button>
      )}
      <Modal
        opened={clash !== undefined}
        onClose={() => void settle({})}
        size={620}
        title={t('clash')}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        {clash && (
          <Conflict
            differences={clash.fields.map((one) => ({ ...one, label: labelOf(one.field) }))}
            show={(field, value) => <FieldValue kind={of.kind} field={field} value={value} plain />}
            onSave={(chosen) => void settle(chosen)}
            onDrop={() => void settle({})}
          />
        )}
      </Modal>
    </Card>
  );
}
