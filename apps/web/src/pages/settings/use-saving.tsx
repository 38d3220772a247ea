import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Act } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Conflict, type Difference } from '../../parts/conflict.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useActs } from '../../shell/use-acts.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import css from './settings.module.css';

type Read<D> = { doc: D; revision: number | undefined };
type Setting<D> = {
  /** What is edited, as it was shown. */
  shown: Read<D>;
  service: string;
  /** Reads it anew, where somebody else was faster. */
  read: () => Promise<Read<D>>;
  send: (changes: Partial<Record<keyof D, unknown>>, act: Act, ifMatch: number | undefined) => Promise<unknown>;
  said: () => string;
  done?: () => void | Promise<void>;
};

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * A form over a record. Only what differs is sent, meant for the record as it was shown. Where somebody else has changed it since, what does not
 * touch is joined; where both changed the same field, both versions are shown.
 */
export function useSaving<D extends object>({ shown, service, read, send, said, done }: Setting<D>) {
  const acts = useActs();
  const [draft, setDraft] = useState<Partial<D>>({});
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<{ now: Read<D>; differences: (keyof D & string)[] }>();
  const value = { ...shown.doc, ...draft };
  const touched = (Object.keys(draft) as (keyof D & string)[]).filter((field) => !same(draft[field], shown.doc[field]));

  const put = async (fields: readonly (keyof D & string)[], ifMatch: number | undefined, base: D): Promise<void> => {
    const changes = Object.fromEntries(fields.map((field) => [field, draft[field] ?? null])) as Partial<Record<keyof D, unknown>>;
    setError(undefined);
    try {
      await acts.perform(service, (act) => send(changes, act, ifMatch), said);
    } catch (refused) {
      if (!(refused instanceof ApiProblem) || refused.status !== 412) return setError(refused);
      const now = await read();
      const differences = fields.filter((field) => !same(now.doc[field], base[field]) && !same(now.doc[field], draft[field]));
      if (differences.length > 0) return setConflict({ now, differences });
      return put(fields, now.revision, now.doc);
    }
    setDraft({});
    setConflict(undefined);
    await done?.();
  };
  return {
    value,
    draft,
    changed: touched.length > 0,
    problem: error instanceof ApiProblem ? error : undefined,
    error,
    conflict,
    set: (patch: Partial<D>) => setDraft((before) => ({ ...before, ...patch })),
    save: () => (touched.length > 0 ? put(touched, shown.revision, shown.doc) : Promise.resolve()),
    drop: () => {
      setDraft({});
      setError(undefined);
      setConflict(undefined);
    },
    /** Keeps the fields chosen of one's own; the others stay as they are now. */
    settle: (chosen: readonly string[]) => {
      if (!conflict) return Promise.resolve();
      const left = touched.filter((field) => !conflict.differences.includes(field) || chosen.includes(field));
      return put(left, conflict.now.revision, conflict.now.doc);
    },
  };
}

export type Saving<D extends object> = ReturnType<typeof useSaving<D>>;

/** What stands in the way of saving: a refusal that names no field, or two versions to choose from. */
export function SavingNotice<D extends object>({
  saving,
  label,
  show,
}: {
  saving: Saving<D>;
  label: (field: string) => string;
  show: (field: string, value: unknown) => ReactNode;
}) {
  const { conflict, problem, error } = saving;
  if (conflict) {
    const differences = conflict.differences.map((field): Difference => ({
      field,
      label: label(field),
      mine: saving.draft[field],
      theirs: conflict.now.doc[field],
    }));
    return (
      <Conflict differences={differences} show={show} onSave={(chosen) => void saving.settle(Object.keys(chosen))} onDrop={saving.drop} />
    );
  }
  return error !== undefined && (!problem || problem.fields.length === 0) ? <ProblemNotice error={error} /> : null;
}

/** Save, and a way back from what was typed. */
export function SavingActs<D extends object>({ saving, children }: { saving: Saving<D>; children?: ReactNode }) {
  const parts = usePartTexts();
  return (
    <div className={css.formActs}>
      <Button type="submit" variant="filled">
        {parts('save')}
      </Button>
      {saving.changed && (
        <Button variant="subtle" onClick={saving.drop}>
          {parts('cancel')}
        </Button>
      )}
      {children}
    </div>
  );
}
