import { useImportOf } from '../../queries/imports.ts';
import { useSetUpTexts } from '../../texts/setup/index.ts';
import { recordOf } from './events.ts';

/** What a service's files are loaded into: an import's own events do not say which. */
const LOADED: Record<string, readonly [string, string]> = {
  workspace: ['workspace.user', 'workspace.user'],
  contacts: ['contacts.contact', 'contacts.account'],
  sales: ['sales.opportunity', 'sales.product'],
};

/** An import by the name of its file. */
export function ImportName({ record }: { record: string }) {
  const t = useSetUpTexts();
  const { kind, id } = recordOf(record);
  const [one, other] = LOADED[kind.slice(0, kind.indexOf('.'))] ?? ['', ''];
  const [first, second] = [useImportOf(one, id), useImportOf(other, id)];
  const label = (first ?? second)?.label;
  return label ? t.rich('import', { label: <bdi>{label}</bdi> }) : t('someImport');
}
