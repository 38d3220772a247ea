import { useState } from 'react';
import { api } from '../../../api/api.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useChangeLabel } from '../../../parts/history/changes.tsx';
import { queryClient } from '../../../queries/client.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useCustomerTexts } from '../../../texts/customer/index.ts';
import type { CustomerPage } from '../customer-page.ts';
import { valueIn, type Profile, type Whole } from '../kinds.ts';
import { renewCustomer, wholeQuery } from '../queries.ts';
import { isSame } from '../same.ts';
import type { Patch } from './patch.ts';

/** Somebody else has changed the same fields since they were shown: both versions, and the revision theirs is of. */
export type Clash = { fields: { field: string; mine: unknown; theirs: unknown }[]; revision: number | undefined };

/** The customer as it was when somebody began to edit: what is heard of meanwhile is no part of what they have seen. */
export type Base = { profile: Profile; revision: number | undefined };

/**
 * Changes fields of today's customer: shown at once, and put back where it is refused. The change is meant for the record as it was shown. Where somebody
 * else changed other fields meanwhile both stand; where it was the same field, neither is lost: the clash is for whoever edits to settle.
 *
 * @returns `edit`, which throws what was refused; the clash there is, and how it is settled
 */
export function useEditCustomer({ of, id, now, revision }: Pick<CustomerPage, 'of' | 'id' | 'now' | 'revision'>) {
  const [t, acts, labelOf] = [useCustomerTexts(), useActs(), useChangeLabel()];
  const [clash, setClash] = useState<Clash>();
  const today = wholeQuery(of, id).queryKey;
  const show = (patch: Patch) =>
    queryClient.setQueryData<{ whole: Whole; revision: number | undefined }>(
      today,
      (data) =>
        data && { ...data, whole: { ...data.whole, profile: { ...data.whole.profile, ...withoutNull(patch) } as Whole['profile'] } },
    );
  const send = (patch: Patch, at: number | undefined) =>
    acts.perform(
      'contacts',
      (act) => api.send('patch', `/${of.resource}/${id}`, patch, { act, ifMatch: at }),
      () => t('fieldChanged', { field: Object.keys(patch).map(labelOf).join(', '), name: now.profile.name }),
    );
  const edit = async (patch: Patch, base: Base = { profile: now.profile as Profile, revision }): Promise<void> => {
    const before = base.profile;
    show(patch);
    try {
      await send(patch, base.revision);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
      const { data, revision: theirs } = await api.read<Profile>(`/${of.resource}/${id}`);
      const fields = Object.keys(patch)
        .filter((field) => !isSame(valueIn(data, field), valueIn(before, field)) && !isSame(valueIn(data, field), patch[field]))
        .map((field) => ({ field, mine: patch[field], theirs: valueIn(data, field) }));
      if (fields.length === 0) await send(patch, theirs);
      else setClash({ fields, revision: theirs });
    } finally {
      await renewCustomer(of, [id]);
    }
  };
  const settle = async (chosen: Patch): Promise<void> => {
    const at = clash?.revision;
    setClash(undefined);
    if (Object.keys(chosen).length === 0) return;
    await send(chosen, at).catch(acts.refused);
    await renewCustomer(of, [id]);
  };
  return { edit, clash, settle };
}

const withoutNull = (patch: Patch): Patch =>
  Object.fromEntries(Object.entries(patch).map(([field, value]) => [field, value === null ? undefined : value]));
