import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { useLanguage, useScheme } from '../../theme/use-look.ts';
import css from './figures.module.css';

/** The colours and the type of where the chart stands, which change with the scheme and with the time of the page. */
export type ChartLook = { colours: string[]; text: string; quiet: string; line: string; ground: string; font: string; mirrored: boolean };

type Props = {
  /** What it says, for those who do not see it; the table beneath says the same. */
  label: string;
  height: number;
  past: boolean;
  option: (look: ChartLook) => EChartsCoreOption;
  /** A bar or a point was pressed. */
  onOpen: (series: number, at: number) => void;
};

/** A chart, drawn once the library is there; its place is kept from the beginning. */
export function Chart({ label, height, past, option, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ option, onOpen });
  const [scheme, language] = [useScheme(), useLanguage()];
  useEffect(() => {
    latest.current = { option, onOpen };
  });
  const drawn = useRef<() => void>(undefined);
  useEffect(() => {
    let gone = false;
    let end = () => undefined as void;
    void Promise.all([import('./echarts.ts'), document.fonts.ready]).then(([{ init }]) => {
      const element = box.current;
      if (gone || !element) return;
      const chart = init(element);
      drawn.current = () => chart.setOption({ animation: false, ...latest.current.option(lookOf(element)) }, { notMerge: true });
      drawn.current();
      chart.on('click', ({ seriesIndex, dataIndex }) => latest.current.onOpen(seriesIndex ?? 0, dataIndex));
      const sized = new ResizeObserver(() => chart.resize());
      sized.observe(element);
      end = () => {
        sized.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      drawn.current = undefined;
      end();
    };
  }, []);
  useEffect(() => drawn.current?.(), [option, scheme, past, language]);
  return <div ref={box} className={css.chart} style={{ height }} role="img" aria-label={label} dir="ltr" />;
}

function lookOf(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    colours: [1, 2, 3, 4, 5, 6, 7].map((n) => value(`--chart-${n}`)),
    text: value('--text'),
    quiet: value('--text-2'),
    line: value('--line'),
    ground: value('--surface'),
    font: style.fontFamily,
    mirrored: document.documentElement.dir === 'rtl',
  };
}

/** Axes as all charts here have them: hairlines, names beneath, time in the direction of reading. */
export const axes = ({ quiet, line, font, mirrored }: ChartLook, names: string[], valueAxis: object = {}) => ({
  grid: { left: 4, right: 4, top: 28, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  xAxis: {
    type: 'category',
    data: names,
    inverse: mirrored,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: quiet } },
    axisLabel: { color: quiet, fontFamily: font, fontSize: 12, hideOverlap: true },
  },
  yAxis: {
    type: 'value',
    position: mirrored ? 'right' : 'left',
    splitNumber: 4,
    splitLine: { lineStyle: { color: line } },
    axisLabel: { show: false },
    ...valueAxis,
  },
});
