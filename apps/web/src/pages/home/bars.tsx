import css from './home.module.css';

export type Bar = { key: string; label: string; value: number; text: string };

/** A few bars from zero, each with its number above and its name below; the table beneath is the same for those who do not see it. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(...bars.map(({ value }) => value), 1);
  return (
    <figure className={css.bars} role="img" aria-label={`${label}: ${bars.map(({ label: name, text }) => `${name} ${text}`).join(', ')}`}>
      {bars.map(({ key, label: name, value, text }) => (
        <div key={key} className={css.barColumn}>
          <span className={css.barText}>{text}</span>
          <span className={css.bar} style={{ height: `${Math.max(value > 0 ? 1 : 0, (110 * value) / most)}px` }} />
          <span className={css.barName}>{name}</span>
        </div>
      ))}
    </figure>
  );
}
