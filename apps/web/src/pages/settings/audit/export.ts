import { useState } from 'react';
import { useFormat } from '../../../format/use-format.ts';
import { csvFile } from '../../../parts/csv.ts';
import { useChangeLabel } from '../../../parts/history/changes.tsx';
import { changesOf } from '../../../parts/history/differences.ts';
import { partsOf, recordOf } from '../../../parts/history/events.ts';
import { saveFile } from '../../../parts/save-file.ts';
import { nameOnce } from '../../../queries/names.ts';
import type { AuditSearch } from './audit-query.ts';
import { useActs } from '../../../shell/use-acts.ts';
import { useAuditTexts } from '../../../texts/audit/index.ts';
import { toast } from '../../../undo/toasts.ts';
import { auditPage, hasOlder, type AuditItem, type AuditPage } from './audit-query.ts';
import { useAboutWords } from './filters.tsx';
import { aboutOf } from './kinds-of-events.ts';
import { sourcesOf } from './merged.ts';

/** So many entries at most: beyond, a narrower question serves better than a longer file. */
const MOST = 10_000;
const PAGE = 500;

/** Saves what the trail shows, as it is asked for, as a CSV file: a row per entry, in words and in the words of the events. */
export function useAuditExport(search: AuditSearch, services: readonly string[]) {
  const [t, format, labelOf, aboutWord, acts] = [useAuditTexts(), useFormat(), useChangeLabel(), useAboutWords(), useActs()];
  const [busy, setBusy] = useState(false);

  const rowOf = async (item: AuditItem): Promise<string[]> => {
    const { kind, id } = recordOf(item.record);
    const { act } = partsOf(item.type);
    const who = item.actor === 'system' ? t('system') : await nameOnce('workspace.user', item.actor);
    const changes = changesOf(item).map(({ field, from, to }) => `${labelOf(field)}: ${plain(from)} → ${plain(to)}`);
    return [
      item.recordedAt,
      item.at,
      who,
      aboutWord(aboutOf(kind)),
      await nameOnce(kind, id),
      t.find(`act_${act}`) ?? act,
      changes.join('; '),
      item.type,
      item.record,
      item.correlation,
      item.id,
    ];
  };

  const run = async () => {
    setBusy(true);
    try {
      const items: AuditItem[] = [];
      let page: AuditPage = { items: [], sources: sourcesOf(search.record ? [recordOf(search.record).kind.split('.')[0]!] : services) };
      do {
        page = await auditPage(search, format.zone, page.sources, undefined, PAGE);
        items.push(...page.items);
      } while (hasOlder(page) && items.length < MOST);
      const kept = items.slice(0, MOST);
      const head = [
        t('recordedAt'),
        t('happenedAt'),
        t('who'),
        t('about'),
        t('name'),
        t('what'),
        t('details'),
        t('event'),
        t('record'),
        t('together'),
        t('id'),
      ];
      saveFile(csvFile([head, ...(await Promise.all(kept.map(rowOf)))]), `${t('file')}.csv`);
      toast({ text: t(hasOlder(page) || items.length > MOST ? 'exportedMost' : 'exported', { n: kept.length }) });
    } catch (error) {
      acts.refused(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

const plain = (value: unknown): string =>
  value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
