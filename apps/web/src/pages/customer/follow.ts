import { useEffect, useRef } from 'react';
import { api } from '../../api/api.ts';
import { isKind, resourceOf } from '../../api/kinds.ts';
import { onChanges, type Change } from '../../live/stream.ts';
import { idIn } from '../../queries/batched.ts';
import { useMay } from '../../queries/me.ts';
import type { Customer, Whole } from './kinds.ts';
import { renewCustomer } from './queries.ts';

const REST = 300;
/** Kinds of which a record that is new here may be about this customer; and how it says so. */
const POINTING: Record<string, (doc: Pointing, own: ReadonlySet<string>) => boolean> = {
  'contacts.activity': ({ about }, own) => about?.some((record) => own.has(record)) ?? false,
  'sales.opportunity': ({ accountId, contactId }, own) =>
    own.has(`contacts.account/${accountId}`) || own.has(`contacts.contact/${contactId}`),
  'contacts.contact': ({ accountId }, own) => own.has(`contacts.account/${accountId}`),
};
const FIELDS: Record<string, string> = {
  'contacts.activity': 'id,about',
  'sales.opportunity': 'id,accountId,contactId',
  'contacts.contact': 'id,accountId',
};
type Pointing = { id: string; about?: string[]; accountId?: string; contactId?: string };

/** Asks again for a customer when something of theirs changed elsewhere: themselves, what is shown of them, or something new that is about them. */
export function useFollow(of: Customer, id: string, now: Whole | undefined): void {
  const may = useMay();
  const latest = useRef({ now, may });
  useEffect(() => {
    latest.current = { now, may };
  });
  useEffect(() => {
    let waiting: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = async () => {
      const changes = waiting;
      waiting = [];
      timer = undefined;
      const { now: whole, may: mayNow } = latest.current;
      if (whole && (await concerns(of, whole, changes, mayNow))) await renewCustomer(of, [id]);
    };
    const stop = onChanges((heard) => {
      if (!('changes' in heard)) return;
      waiting.push(...heard.changes);
      timer ??= setTimeout(() => void take(), REST);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [of, id]);
}

async function concerns(of: Customer, whole: Whole, changes: readonly Change[], may: ReturnType<typeof useMay>): Promise<boolean> {
  const own = new Set(whole.members.map((member) => `${of.kind}/${member}`));
  const seen = new Set([
    ...own,
    ...(whole.deals?.items.map((deal) => `sales.opportunity/${deal.id}`) ?? []),
    ...whole.activities.items.map((one) => `contacts.activity/${one.id}`),
    ...(whole.people?.map((person) => `contacts.contact/${person.id}`) ?? []),
    ...(whole.account ? [`contacts.account/${whole.account.id}`] : []),
  ]);
  if (changes.some(({ kind, id }) => seen.has(`${kind}/${id}`))) return true;
  for (const kind of Object.keys(POINTING)) {
    const ids = [...new Set(changes.filter((one) => one.kind === kind).map(({ id }) => id))].slice(0, 50);
    if (ids.length === 0 || !isKind(kind) || !may('read', kind)) continue;
    const { data } = await api.read<Pointing[]>(`/${resourceOf(kind)}`, { filter: idIn(ids), fields: FIELDS[kind], limit: 50 });
    if (data.some((doc) => POINTING[kind]!(doc, own))) return true;
  }
  return false;
}
