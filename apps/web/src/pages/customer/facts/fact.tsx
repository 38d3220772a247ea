import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/problem.ts';
import { useChangeLabel } from '../../../parts/history/changes.tsx';
import { FieldValue, isEmptyValue } from '../../../parts/history/field-value.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useProblemTexts } from '../../../parts/notice.tsx';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import css from '../customer.module.css';
import type { CustomerPage } from '../customer-page.ts';
import { valueIn, type Profile } from '../kinds.ts';
import { isSame } from '../same.ts';
import { Then } from '../shown.tsx';
import { FactEditor } from './fact-editor.tsx';
import { FieldHistory } from './field-history.tsx';
import { patchOf, type Patch } from './patch.ts';
import type { Base } from './use-edit-customer.ts';

const TINTED = 4_000;

/** A field and its value at the moment that is shown. Clicked it is edited; the clock beside it tells its history. */
export function Fact({
  page,
  field,
  editing,
  base,
  onEdit,
  onDone,
  edit,
}: {
  page: CustomerPage;
  field: string;
  editing: boolean;
  /** What is edited, as it was when that began. */
  base: Base | undefined;
  onEdit: (() => void) | undefined;
  onDone: () => void;
  edit: (patch: Patch, base?: Base) => Promise<void>;
}) {
  const [t, labelOf, say] = [useCustomerTexts(), useChangeLabel(), useProblemTexts()];
  const { of, now, shown, moment } = page;
  const [refused, setRefused] = useState<string>();
  const label = labelOf(field);
  const value = valueIn(shown.profile as Profile, field);
  const today = valueIn(now.profile as Profile, field);
  const differs = moment.isPast && !isSame(value, today);
  const back = useRef<HTMLButtonElement>(null);
  const touched = useTouched(today, editing);
  const stop = () => {
    onDone();
    requestAnimationFrame(() => back.current?.focus());
  };
  const keep = async (next: unknown) => {
    stop();
    setRefused(undefined);
    try {
      await edit(patchOf(now.profile as Profile, field, next), base);
    } catch (error) {
      const { title, detail } = say(error);
      setRefused((error instanceof ApiProblem && error.of(field)) || `${title} ${detail ?? ''}`);
    }
  };
  const read = (one: unknown, links: boolean) =>
    isEmptyValue(one) && moment.isPast ? (
      <span className="faint">{t('notKnown')}</span>
    ) : (
      <FieldValue kind={of.kind} field={field} value={one} plain={!links} />
    );
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <FactEditor
            of={of}
            field={field}
            label={label}
            value={valueIn(base?.profile ?? (now.profile as Profile), field)}
            keep={(next) => void keep(next)}
            drop={stop}
          />
        ) : (
          <>
            <span className={css.factValue} data-touched={touched ? '' : undefined}>
              <Then today={differs ? read(today, false) : undefined}>{read(value, true)}</Then>
            </span>
            <span className={css.factActs}>
              {onEdit && (
                <button ref={back} type="button" className={css.factAct} aria-label={t('editField', { field: label })} onClick={onEdit}>
                  <Icon name="edit" size="s" />
                </button>
              )}
              <FieldHistory page={page} field={field} label={label} edit={edit} />
            </span>
          </>
        )}
        {refused && (
          <span className={css.refused} role="alert">
            {refused}
          </span>
        )}
      </dd>
    </div>
  );
}

/** A value that others have changed is marked for a while. */
function useTouched(value: unknown, own: boolean): boolean {
  const before = useRef(value);
  const mine = useRef(own);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (own) mine.current = true;
    if (isSame(before.current, value)) return undefined;
    before.current = value;
    if (mine.current) {
      mine.current = false;
      return undefined;
    }
    setTouched(true);
    const timer = setTimeout(() => setTouched(false), TINTED);
    return () => clearTimeout(timer);
  }, [value, own]);
  return touched;
}
