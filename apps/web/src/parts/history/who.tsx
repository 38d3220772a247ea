import { Link } from '@tanstack/react-router';
import { useImportOf } from '../../queries/imports.ts';
import { useHistoryTexts } from '../../texts/history/index.ts';
import { RecordName, useIsPage } from '../record-name.tsx';
import type { Told } from './happened.tsx';
import { recordOf } from './events.ts';
import { useKnown } from './known.ts';

/** By whom, or by what, something happened: a person, an import, an undo, Rapport itself. */
export function Who({ told }: { told: Told }) {
  const [t, known, isPage] = [useHistoryTexts(), useKnown(), useIsPage()];
  const came = useImportOf(recordOf(told.record).kind, told.correlation);
  if (came) {
    const text = t('byImport', { label: came.label ?? came.resource });
    const page: string = `/imports/${came.id}`;
    return isPage('/imports/$id') ? <Link to={page}>{text}</Link> : text;
  }
  if (told.actor === 'system') return t('bySystem');
  const name = <RecordName kind="workspace.user" id={told.actor} plain />;
  return told.causation !== undefined && known.ids(told.causation) ? t.rich('byUndo', { name }) : name;
}
