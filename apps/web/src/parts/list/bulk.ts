import { api } from '../../api/api.ts';
import { problemOf, type Act } from '../../api/client.ts';
import { resourceOf, type Kind } from '../../api/kinds.ts';
import type { Schemas } from '../../api/schema.ts';
import type { Asked } from '../../queries/lists.ts';
import { saveFile } from '../save-file.ts';
import type { Selection } from '../table/selection.ts';

/** Beyond so many records an act asks first. */
export const ASKS_BEYOND = 1_000;
const CALL = 1_000;
const PAGE = 200;

export type BulkOutcome = { done: number; refused: Schemas['BulkResult'][] };

/** The ids of what is chosen: as they are, or all that the list finds, page by page. */
export async function idsOf(kind: Kind, selection: Selection, asked: Asked): Promise<string[]> {
  if (!selection.all) return [...selection.ids];
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page: { data: { id: string }[]; next?: string } = await api.read(`/${resourceOf(kind)}`, {
      ...asked,
      fields: 'id',
      limit: PAGE,
      cursor,
    });
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  return ids;
}

/** The same command for many records: in calls of a thousand, all of one act, so that it is undone as one. */
export async function runBulk(kind: Kind, ids: readonly string[], command: string, data: object, act: Act): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, refused: [] };
  for (let from = 0; from < ids.length; from += CALL) {
    const items = ids.slice(from, from + CALL).map((id) => ({ id, command, data }));
    const part = { ...act, key: `${act.key}/${from}` };
    const { data: results } = await api.send<Schemas['BulkResult'][]>('post', `/${resourceOf(kind)}/bulk`, items, { act: part });
    for (const result of results) {
      if (result.status < 400) outcome.done++;
      else outcome.refused.push(result);
    }
  }
  return outcome;
}

/** Saves a list as a CSV file, as it is asked for now. */
export function exportList(kind: Kind, asked: Asked, name: string): Promise<void> {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== undefined && value !== '') as [string, string][]);
  return saveAnswer(`/${resourceOf(kind)}/export?${query}`, name);
}

/** Saves what an address answers as a CSV file. @throws ApiProblem when it refuses */
export async function saveAnswer(path: string, name: string): Promise<void> {
  const answer = await api.raw(path);
  if (!answer.ok) throw await problemOf(answer);
  saveFile(await answer.blob(), `${name}.csv`);
}
