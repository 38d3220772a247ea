import { useImportTexts } from '../../texts/import/index.ts';
import type { ImportPage } from './import-queries.ts';

/** What a field of a file's rows is called here; one without a word of ours keeps the name the API gives it. */
export function useFieldNames(fields: ImportPage['fields']): (field: string) => string {
  const t = useImportTexts();
  return (field) => {
    if (field === 'id') return t('recordId');
    if (field.startsWith('custom.')) return t('ownField', { name: field.slice('custom.'.length) });
    return t.find(`field_${field}`) ?? fields.find((one) => one.field === field)?.label ?? field;
  };
}
