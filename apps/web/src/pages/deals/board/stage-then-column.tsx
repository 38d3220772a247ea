import { useState, type ReactNode } from 'react';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { useValueTexts } from '../../../parts/filter/use-sentence.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';
import type { Deal } from '../deal.ts';
import { useStage } from '../use-pipelines.ts';
import { Column, type ColumnProps } from './column.tsx';
import { DealCard } from './deal-card.tsx';
import { useDealsNow, type ThenCard, type ThenStage } from './then-query.ts';
import { useFacts } from './use-facts.tsx';

const HEIGHT = 92;
const AHEAD = 50;

/** A stage as it stood, each card with what has become of it since. */
export function StageThenColumn({
  stage,
  day,
  money,
  more,
  register,
}: {
  stage: ThenStage;
  day: string;
  money: boolean;
  more: (() => void) | undefined;
  register: ColumnProps<ThenCard>['register'];
}) {
  const [t, format, usual, factsOf] = [useDealTexts(), useFormat(), useUsualCurrency(), useFacts()];
  const [until, setUntil] = useState(AHEAD);
  const deals = useDealsNow(
    stage.cards.map(({ id }) => id),
    until,
  );
  return (
    <Column
      id={stage.stageId}
      mark="open"
      strength={stage.probability / 100}
      title={<bdi>{stage.name}</bdi>}
      count={format.number(stage.count)}
      sums={
        money && (
          <>
            <strong>{format.sums(stage.value, usual)}</strong>
            <span>{t('weightedAt', { value: format.sums(stage.weighted, usual), percent: format.percent(stage.probability, 0) })}</span>
          </>
        )
      }
      items={stage.cards}
      height={HEIGHT}
      more={until < stage.cards.length ? () => setUntil((now) => now + AHEAD) : more}
      rest={stage.more > 0 ? t('moreThen', { n: stage.more }) : undefined}
      empty={t('stageEmptyThen')}
      droppable={false}
      register={register}
      card={(card, place) => {
        const now = deals.get(card.id);
        return (
          <DealCard
            deal={{ ...card, name: now?.name ?? (card.now.removed ? t('removedDeal') : undefined) }}
            facts={factsOf(card, day)}
            place={place}
            further={<Became card={card} stageThen={stage.stageId} now={now} />}
          />
        );
      }}
    />
  );
}

/** What has become of a deal that was open then: won, lost, moved on, removed, or where it was. */
function Became({ card, stageThen, now }: { card: ThenCard; stageThen: string; now: Deal | undefined }): ReactNode {
  const [t, format, usual] = [useDealTexts(), useFormat(), useUsualCurrency()];
  const [stageOf, valueOf] = [useStage(), useValueTexts()];
  const { status, stageId, removed } = card.now;
  const day = now?.closedOn && format.day(now.closedOn);
  if (removed) return <Line icon="trash">{t('becameRemoved')}</Line>;
  if (status === 'won')
    return (
      <Line icon="arrow">{day && now?.wonValue ? t('becameWon', { day, value: format.money(now.wonValue, usual) }) : valueOf(status)}</Line>
    );
  if (status === 'lost') return <Line icon="arrow">{day ? t('becameLost', { day }) : valueOf(status)}</Line>;
  return stageId !== stageThen ? (
    <Line icon="arrow">{t('becameMoved', { stage: stageOf(stageId)?.name ?? '' })}</Line>
  ) : (
    <Line icon="clock" calm>
      {t('becameStayed')}
    </Line>
  );
}

function Line({ icon, calm = false, children }: { icon: 'arrow' | 'clock' | 'trash'; calm?: boolean; children: ReactNode }) {
  return (
    <span className="row ellipsis" data-calm={calm || undefined}>
      <Icon name={icon} size={13} />
      <span className="ellipsis">{children}</span>
    </span>
  );
}
