import { useMay } from '../../queries/me.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { BarAct, SelectionBar } from '../table/selection-bar.tsx';
import { useBulk, type Chosen } from './use-bulk.tsx';

/** What can be done with records that are in the bin: bring them back, and by Ctrl Z put them there again. */
export function BinActs({ onAll, ...chosen }: Chosen & { onAll: () => void }) {
  const [t, may] = [usePartTexts(), useMay()];
  const { perform, dialog } = useBulk(chosen);
  return (
    <>
      <SelectionBar selection={chosen.selection} count={chosen.count} onAll={onAll} onClear={chosen.onClear}>
        {may('remove', chosen.kind) && (
          <BarAct icon="undo" onClick={() => perform('restore', {}, (n) => t('restoredMany', { n }))}>
            {t('restore')}
          </BarAct>
        )}
      </SelectionBar>
      {dialog}
    </>
  );
}
