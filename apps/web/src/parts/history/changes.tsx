import { useHistoryTexts } from '../../texts/history/index.ts';
import { useFieldTexts } from '../filter/use-sentence.tsx';
import { Icon } from '../icon.tsx';
import { listChange, type Change } from './differences.ts';
import { FieldValue, isEmptyValue, Listed } from './field-value.tsx';
import css from './history.module.css';

/** What a field is called where it is told that it changed. */
export function useChangeLabel(): (field: string) => string {
  const [t, fieldOf] = [useHistoryTexts(), useFieldTexts()];
  return (field) => (field.startsWith('custom.') ? field.slice('custom.'.length) : (t.find(`field_${field}`) ?? fieldOf(field)));
}

/** Fields with what they were, struck through, and what they became. Of lists only what they lost and got. */
export function Changes({ kind, changes }: { kind: string; changes: readonly Change[] }) {
  const labelOf = useChangeLabel();
  return changes.map(({ field, from, to }) => (
    <span key={field} className={css.change}>
      <span className={css.field}>{labelOf(field)}</span>
      {Array.isArray(from) || Array.isArray(to) ? <ListChange from={from} to={to} /> : <ValueChange {...{ kind, field, from, to }} />}
    </span>
  ));
}

function ValueChange({ kind, field, from, to }: { kind: string } & Change) {
  return (
    <>
      {!isEmptyValue(from) && (
        <>
          <s>
            <FieldValue kind={kind} field={field} value={from} plain />
          </s>
          <Icon name="arrow" size="s" />
        </>
      )}
      <span className="medium">
        <FieldValue kind={kind} field={field} value={to} plain />
      </span>
    </>
  );
}

function ListChange({ from, to }: { from: unknown; to: unknown }) {
  const { gone, come } = listChange(from, to);
  return (
    <>
      {gone.map((one) => (
        <s key={JSON.stringify(one)}>
          <Listed one={one} plain />
        </s>
      ))}
      {gone.length > 0 && come.length > 0 && <Icon name="arrow" size="s" />}
      {come.map((one) => (
        <span key={JSON.stringify(one)} className="medium">
          <Listed one={one} plain />
        </span>
      ))}
    </>
  );
}
