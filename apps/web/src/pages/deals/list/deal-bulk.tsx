import { Button, Menu, Modal, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { DayField } from '../../../parts/fields/form-fields.tsx';
import { RecordPicker } from '../../../parts/fields/record-picker.tsx';
import { useFieldTexts } from '../../../parts/filter/use-sentence.tsx';
import { useBulk, type Chosen } from '../../../parts/list/use-bulk.tsx';
import { BarAct, SelectionBar } from '../../../parts/table/selection-bar.tsx';
import { useFormat } from '../../../format/use-format.ts';
import { nameOnce } from '../../../queries/names.ts';
import { useMay } from '../../../queries/me.ts';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { FRAME } from '../../../theme/theme.ts';
import { DEALS } from '../deal.ts';
import { usePipelines } from '../use-pipelines.ts';

type Asking = 'owner' | 'stage' | 'close' | 'lose';

/** What can be done with many deals at once. */
export function DealBulk({ onAll, ...chosen }: Chosen & { onAll: () => void }) {
  const [t, parts, may, fieldOf, format] = [useDealTexts(), usePartTexts(), useMay(), useFieldTexts(), useFormat()];
  const { n, perform, download, dialog } = useBulk(chosen);
  const [asking, setAsking] = useState<Asking>();
  const done = () => setAsking(undefined);
  const pipelines = usePipelines();
  const stages = pipelines.map(({ name, stages: all }) => ({
    group: name,
    items: all.filter(({ retired }) => !retired).map(({ stageId, name: label }) => ({ value: stageId, label })),
  }));
  const stageName = (id: string) => pipelines.flatMap(({ stages: all }) => all).find(({ stageId }) => stageId === id)?.name ?? '';
  return (
    <>
      <SelectionBar selection={chosen.selection} count={chosen.count} onAll={onAll} onClear={chosen.onClear}>
        {may('change', DEALS) && (
          <>
            <BarAct icon="person" onClick={() => setAsking('owner')}>
              {fieldOf('ownerId')}
            </BarAct>
            <BarAct icon="board" onClick={() => setAsking('stage')}>
              {fieldOf('stageId')}
            </BarAct>
            <BarAct icon="calendar" onClick={() => setAsking('close')}>
              {fieldOf('expectedCloseOn')}
            </BarAct>
            <Menu position="top" portalProps={FRAME}>
              <Menu.Target>
                <BarAct icon="more" label={t('moreActs')} />
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setAsking('lose')}>{t('loseDo')}</Menu.Item>
                <Menu.Item onClick={() => perform('reopen', {}, (done_) => t('bulkReopened', { n: done_ }))}>{t('reopenDo')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        {may('export', DEALS) && download && (
          <BarAct icon="export" onClick={() => download(t('file'))}>
            {parts('export')}
          </BarAct>
        )}
        {may('remove', DEALS) && (
          <BarAct icon="trash" label={parts('remove')} onClick={() => perform('remove', {}, (done_) => t('bulkRemoved', { n: done_ }))} />
        )}
      </SelectionBar>
      <Modal opened={asking === 'owner'} onClose={done} title={t('giveTo', { n })} closeButtonProps={{ 'aria-label': parts('close') }}>
        <RecordPicker
          kind="workspace.user"
          ariaLabel={fieldOf('ownerId')}
          value={undefined}
          onChange={(ownerId) => {
            done();
            if (ownerId)
              void nameOnce('workspace.user', ownerId).then((name) =>
                perform('change', { ownerId }, (done_) => t('bulkGiven', { n: done_, name })),
              );
          }}
        />
      </Modal>
      {asking === 'stage' && (
        <Ask title={t('bulkStage', { n })} onClose={done}>
          {(value, set) => (
            <Select
              label={fieldOf('stageId')}
              data={stages}
              value={value ?? null}
              searchable
              data-autofocus
              onChange={(id) => set(id ?? undefined)}
            />
          )}
          {(stageId) => stageId && perform('moveStage', { stageId }, (done_) => t('bulkMoved', { n: done_, stage: stageName(stageId) }))}
        </Ask>
      )}
      {asking === 'close' && (
        <Ask title={t('bulkClose', { n })} onClose={done}>
          {(value, set) => <DayField label={fieldOf('expectedCloseOn')} description={t('emptyClears')} value={value} onChange={set} />}
          {(day) =>
            perform('change', { expectedCloseOn: day ?? null }, (done_) =>
              day ? t('bulkCloses', { n: done_, day: format.day(day) }) : t('bulkNoClose', { n: done_ }),
            )
          }
        </Ask>
      )}
      {asking === 'lose' && (
        <Ask title={t('bulkLose', { n })} onClose={done} required={t('reasonMissing')}>
          {(value, set, error) => (
            <TextInput
              label={t('lostBecause')}
              data-autofocus
              dir="auto"
              maxLength={300}
              value={value ?? ''}
              error={error}
              onChange={(event) => set(event.currentTarget.value || undefined)}
            />
          )}
          {(reason) => perform('lose', { reason }, (done_) => t('bulkLost', { n: done_, reason: reason ?? '' }))}
        </Ask>
      )}
      {dialog}
    </>
  );
}

/** Asks for one value, then does it. `required`: what is said where there is none. */
function Ask({
  title,
  onClose,
  required,
  children: [field, go],
}: {
  title: string;
  onClose: () => void;
  required?: string;
  children: [
    field: (value: string | undefined, set: (value: string | undefined) => void, error: string | undefined) => ReactNode,
    go: (value: string | undefined) => void,
  ];
}) {
  const parts = usePartTexts();
  const [value, setValue] = useState<string>();
  const [missing, setMissing] = useState(false);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': parts('close') }}>
      <form
        style={{ display: 'grid', gap: 16 }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (required && !value?.trim()) return setMissing(true);
          onClose();
          return go(value?.trim());
        }}
      >
        {field(value, setValue, missing ? required : undefined)}
        <div className="row">
          <Button type="submit" variant="filled">
            {parts('save')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {parts('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
