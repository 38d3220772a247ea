import { Link } from '@tanstack/react-router';
import type { PointerEvent, ReactNode } from 'react';
import type { Money } from '../../../format/format.ts';
import { useFormat, useUsualCurrency } from '../../../format/use-format.ts';
import { Avatar } from '../../../parts/avatar.tsx';
import { usePartTexts } from '../../../texts/parts/index.ts';
import { useName } from '../../../queries/names.ts';
import { saysAccount } from '../deal.ts';
import css from './board.module.css';
import type { CardPlace } from './column.tsx';

/** What a card says of a deal, of today or of then. */
export type CardDeal = { id: string; name?: string; ownerId: string; accountId?: string; worth?: Money };

/**
 * A deal on the board: its name leads to its page. `facts`: what is said of it below, one beside the other. `further`: a third line. It is the card as
 * a whole that is lifted and has the focus; what else can be done is in its menu.
 */
export function DealCard({
  deal,
  facts,
  further,
  place,
  menu,
  lifted = false,
  touched = false,
  hint,
  onPress,
}: {
  deal: CardDeal;
  facts: readonly ReactNode[];
  further?: ReactNode;
  place: CardPlace;
  menu?: ReactNode;
  lifted?: boolean;
  touched?: boolean;
  hint?: string;
  onPress?: (event: PointerEvent<HTMLElement>) => void;
}) {
  const [t, format, usual] = [usePartTexts(), useFormat(), useUsualCurrency()];
  const account = useName('contacts.account', deal.accountId);
  const owner = useName('workspace.user', deal.ownerId || undefined);
  const name = deal.name === '' ? t('erased') : (deal.name ?? t('loading'));
  const said = [saysAccount(name, account) ? <bdi key="account">{account}</bdi> : undefined, ...facts].filter(Boolean);
  return (
    <div className={css.card} data-lifted={lifted || undefined} data-touched={touched || undefined} onPointerDown={onPress}>
      <Link
        to="/deals/$id"
        params={{ id: deal.id }}
        className={css.name}
        data-card={deal.id}
        data-column={place.column}
        data-at={place.at}
        tabIndex={place.tabbable ? 0 : -1}
        aria-describedby={hint}
        draggable={false}
        preload={false}
      >
        <bdi className="cut">{name}</bdi>
      </Link>
      <span className={css.worth}>{deal.worth && format.money(deal.worth, usual)}</span>
      <span className={`${css.facts} ellipsis`}>
        {said.map((fact, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- facts have nothing but their place
          <span key={at}>
            {at > 0 && ' · '}
            {fact}
          </span>
        ))}
      </span>
      <span className={css.owner} title={owner ?? undefined}>
        {owner && <Avatar id={deal.ownerId} name={owner} />}
      </span>
      {further && <span className={css.further}>{further}</span>}
      {menu}
    </div>
  );
}
