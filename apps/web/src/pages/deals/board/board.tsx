import { createLazyRoute } from '@tanstack/react-router';
import { AsOfBand } from '../../../parts/as-of-band.tsx';
import { Page } from '../../../parts/page.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import { useDealSearch } from '../use-deal-search.ts';
import { usePipeline } from '../use-pipelines.ts';
import { BoardGhost } from './board-ghost.tsx';
import { BoardNow } from './board-now.tsx';
import { BoardThen } from './board-then.tsx';

export const route = createLazyRoute('/shell/deals/board')({ component: BoardPage });

/** Open deals by stage, today or as of a day. */
function BoardPage() {
  const t = useDealTexts();
  const [search, change] = useDealSearch();
  const pipeline = usePipeline(search.pipeline);
  const { at } = search;
  const back = () => change({ at: undefined, known: undefined });
  const band = at && (
    <AsOfBand
      day={at}
      onBack={back}
      acts={
        <Segments
          label={t('whichPast')}
          value={search.known ? 'known' : 'was'}
          onChange={(which) => change({ known: which === 'known' ? at : undefined })}
          options={[
            { value: 'was', label: t('asWas') },
            { value: 'known', label: t('asKnown') },
          ]}
        />
      }
    />
  );
  return (
    <Page title={t('title')} fill past={at !== undefined} band={band}>
      {!pipeline ? (
        <BoardGhost />
      ) : at ? (
        <BoardThen key={pipeline.id} pipeline={pipeline} day={at} />
      ) : (
        <BoardNow key={pipeline.id} pipeline={pipeline} />
      )}
    </Page>
  );
}
