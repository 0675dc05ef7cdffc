import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

export interface LineChartProps {
  label: string;
  /** Seconds since the epoch. */
  times: readonly number[];
  series: readonly { name: string; values: readonly (number | null)[] }[];
}

const HEIGHT = 220;
const COLORS = ['--accent', '--warning', '--danger', '--muted'];

/** A line per series over time. Screen readers get the same values as a table. */
export function LineChart({ label, times, series }: LineChartProps) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const axis = { stroke: style.getPropertyValue('--muted'), grid: { stroke: style.getPropertyValue('--line') } };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        axes: [axis, axis],
        series: [
          {},
          ...series.map(({ name }, i) => ({
            label: name,
            stroke: style.getPropertyValue(COLORS[i % COLORS.length] ?? '--accent'),
            width: 2,
            points: { show: times.length < 60 },
          })),
        ],
      },
      [times as number[], ...series.map(({ values }) => values as (number | null)[])],
      element,
    );
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.destroy();
    };
  }, [times, series]);
  return (
    <figure aria-label={label} className="min-w-0">
      <div ref={container} aria-hidden />
      {/* A table can't be made smaller than its content. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <td />
              {series.map(({ name }) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((time, i) => (
              <tr key={time}>
                <th>{new Date(time * 1000).toLocaleString()}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{values[i]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
