import { useEffect, type ReactNode } from 'react';
import { setHeading, type Crumb } from '../shell/heading.ts';
import css from './parts.module.css';
import { Plane } from './plane.tsx';

/**
 * A page inside the frame. Its title stands in the top bar and in the browser's; `crumbs` lead up to it. `fill`: it is as high as the window, and
 * something in it scrolls (tables, boards). `past` and `band`: it shows a past moment.
 */
export function Page({
  title,
  crumbs,
  fill = false,
  past,
  band,
  children,
}: {
  title: string;
  crumbs?: readonly Crumb[];
  fill?: boolean;
  past?: boolean;
  band?: ReactNode;
  children: ReactNode;
}) {
  const path = crumbs?.map(({ text, to }) => `${text} ${to}`).join('/');
  // oxlint-disable-next-line react/exhaustive-deps -- the path stands for the crumbs, which are made anew on every render
  useEffect(() => setHeading({ title, crumbs: crumbs ?? [] }), [title, path]);
  return (
    <Plane past={past} band={band}>
      <div className={`${css.content} ${fill ? css.fill : ''}`}>{children}</div>
    </Plane>
  );
}
