import type { ReactNode } from 'react';
import css from './parts.module.css';

export type Tone = 'act' | 'good' | 'attn' | 'time' | 'note' | 'line';

/** A word on a tint. The word says it; the colour only helps. */
export function Badge({ tone, children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${css.badge} ${tone ? css[tone] : ''}`}>{children}</span>;
}
