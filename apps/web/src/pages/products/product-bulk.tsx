import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFieldTexts } from '../../parts/filter/use-sentence.tsx';
import { useBulk, type Chosen } from '../../parts/list/use-bulk.tsx';
import { BarAct, SelectionBar } from '../../parts/table/selection-bar.tsx';
import { useMay } from '../../queries/me.ts';
import { usePartTexts } from '../../texts/parts/index.ts';
import { useProductTexts } from '../../texts/products/index.ts';
import { PRODUCTS } from './product.ts';

/** What can be done with many products at once. */
export function ProductBulk({ onAll, ...chosen }: Chosen & { onAll: () => void }) {
  const [t, parts, may, fieldOf] = [useProductTexts(), usePartTexts(), useMay(), useFieldTexts()];
  const { n, perform, download, dialog } = useBulk(chosen);
  const [series, setSeries] = useState<string>();
  return (
    <>
      <SelectionBar selection={chosen.selection} count={chosen.count} onAll={onAll} onClear={chosen.onClear}>
        {may('change', PRODUCTS) && (
          <>
            <BarAct icon="check" onClick={() => perform('change', { active: true }, (done) => t('bulkSold', { n: done }))}>
              {t('sell')}
            </BarAct>
            <BarAct icon="x" onClick={() => perform('change', { active: false }, (done) => t('bulkNotSold', { n: done }))}>
              {t('stopSelling')}
            </BarAct>
            <BarAct icon="edit" onClick={() => setSeries('')}>
              {fieldOf('series')}
            </BarAct>
          </>
        )}
        {may('export', PRODUCTS) && download && (
          <BarAct icon="export" onClick={() => download(t('file'))}>
            {parts('export')}
          </BarAct>
        )}
        {may('remove', PRODUCTS) && (
          <BarAct icon="trash" label={parts('remove')} onClick={() => perform('remove', {}, (done) => t('bulkRemoved', { n: done }))} />
        )}
      </SelectionBar>
      <Modal
        opened={series !== undefined}
        onClose={() => setSeries(undefined)}
        title={t('bulkSeries', { n })}
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <form
          style={{ display: 'grid', gap: 16 }}
          onSubmit={(event) => {
            event.preventDefault();
            setSeries(undefined);
            perform('change', { series: series?.trim() || null }, (done) => t('bulkSeriesSet', { n: done }));
          }}
        >
          <TextInput
            label={fieldOf('series')}
            description={t('emptyClears')}
            data-autofocus
            dir="auto"
            maxLength={100}
            value={series ?? ''}
            onChange={(event) => setSeries(event.currentTarget.value)}
          />
          <div className="row">
            <Button type="submit" variant="filled">
              {parts('save')}
            </Button>
            <Button variant="subtle" onClick={() => setSeries(undefined)}>
              {parts('cancel')}
            </Button>
          </div>
        </form>
      </Modal>
      {dialog}
    </>
  );
}
