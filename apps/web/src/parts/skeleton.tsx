import css from './parts.module.css';

/** Lines in the shape of what comes, after 200 ms. `widths` in per cent. */
export function Skeleton({ widths = [80, 60, 70], height = 12, gap = 14 }: { widths?: number[]; height?: number; gap?: number }) {
  return (
    <div aria-hidden="true" data-waits="" style={{ display: 'grid', gap }}>
      {widths.map((width, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have nothing but their place
        <div key={at} className={css.skeleton} style={{ width: `${width}%`, height }} />
      ))}
    </div>
  );
}
