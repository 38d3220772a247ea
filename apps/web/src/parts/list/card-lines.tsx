import { Fragment, type ReactNode } from 'react';
import css from './list.module.css';

/** A row of a list on a phone: who, in a second line what is said of them, and one thing at the end. */
export function CardLines({ face, name, about, end }: { face: ReactNode; name: string; about: readonly ReactNode[]; end?: ReactNode }) {
  return (
    <>
      {face}
      <span className={css.two}>
        <b className="ellipsis">
          <bdi>{name}</bdi>
        </b>
        <span className="xs muted ellipsis">
          {about.filter(Boolean).map((one, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- what is said has nothing but its place
            <Fragment key={at}>
              {at > 0 && ' · '}
              {one}
            </Fragment>
          ))}
        </span>
      </span>
      {end && <span className={css.cardEnd}>{end}</span>}
    </>
  );
}
