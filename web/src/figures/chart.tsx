import { Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { useText } from '../text/text';
import { inDigits, monthNumber } from './answer';
import { marksUpTo } from './chart-scale';
import classes from './figures.module.css';

export interface ChartSeries {
  name: string;
  /** One for each month; null where there is none. */
  values: readonly (number | null)[];
}

interface ChartProps {
  title: string;
  /** `YYYY-MM`, the twelve of the year. */
  months: readonly string[];
  /** At most three: each has a colour and a pattern of its own. */
  series: readonly ChartSeries[];
  kind: 'lines' | 'bars';
  /** A dashed line across, such as a target. */
  line?: { value: number; name: string } | undefined;
}

/** In units of the root's letters, so that large print makes charts larger too. */
const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** A year, month by month: as a drawing, and in a table for those whom a drawing tells nothing. */
export function Chart({ title, months, series, kind, line }: ChartProps) {
  const { say, language } = useText();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const digits = (value: number): string => inDigits(value, language);
  const last = series.flatMap(({ name, values }) => {
    const index = values.findLastIndex((value) => value !== null);
    const value = values[index];
    if (value === undefined || value === null) return [];
    const month = say('figures.monthOf', { month: monthNumber(months[index] ?? '') });
    return [say('figures.chart.last', { series: name, value: digits(value), month })];
  });
  const told = last.length === 0 ? say('figures.chart.nothing') : last.join(' ');
  return (
    <figure className={classes.figure}>
      <figcaption>
        <h2 className={classes.caption}>{title}</h2>
        <p className={classes.told}>{told}</p>
        <ul className={classes.legend}>
          {series.length > 1 &&
            series.map(({ name }, index) => (
              <li key={name}>
                <svg width="1.6em" height="1em" viewBox="0 0 26 16" aria-hidden="true">
                  {kind === 'lines' ? (
                    <>
                      <path className={classes[`line${index}`]} d="M1 8H25" />
                      <Mark at={[13, 8]} index={index} size={4.5} />
                    </>
                  ) : (
                    <rect className={classes[`bar${index}`]} x="5" y="1" width="16" height="14" />
                  )}
                </svg>
                {name}
              </li>
            ))}
          {line && (
            <li>
              <svg width="1.6em" height="1em" viewBox="0 0 26 16" aria-hidden="true">
                <path className={classes.target} d="M1 8H25" />
              </svg>
              {line.name}
            </li>
          )}
        </ul>
      </figcaption>
      <div ref={ref} className={classes.canvas}>
        <Drawing
          label={`${title}: ${told}`}
          width={Math.max(width, 18 * rem())}
          {...{ months, series, kind, line }}
        />
      </div>
      <details className="no-print">
        <summary>{say('figures.chart.table', { title })}</summary>
        <Table withTableBorder className={classes.numbers}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('figures.month')}</Table.Th>
              {series.map(({ name }) => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {months.map((month, index) => (
              <Table.Tr key={month}>
                <Table.Th scope="row">{month.replace('-', '/')}</Table.Th>
                {series.map(({ name, values }) => {
                  const value = values[index];
                  return (
                    <Table.Td key={name}>
                      {value === null || value === undefined ? '—' : digits(value)}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </figure>
  );
}

function Drawing({
  label,
  width,
  months,
  series,
  kind,
  line,
}: Pick<ChartProps, 'months' | 'series' | 'kind' | 'line'> & { label: string; width: number }) {
  const { language } = useText();
  const hatch = useId();
  const unit = rem();
  const highest = Math.max(
    line?.value ?? 0,
    ...series.flatMap(({ values }) => values.map((one) => one ?? 0)),
  );
  const marks = marksUpTo(highest);
  const top = marks.at(-1) ?? 1;
  const longest = Math.max(...marks.map((mark) => inDigits(mark, language).length));
  const frame = { left: unit * (0.8 + longest * 0.55), top: unit * 1.4, height: unit * 11 };
  const step = (width - frame.left - unit * 0.5) / 12;
  const middle = (index: number): number => frame.left + step * (index + 0.5);
  const y = (value: number): number => frame.top + frame.height * (1 - value / top);
  const height = frame.top + frame.height + unit * 1.8;
  const room = (step * 0.8) / series.length;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className={classes.chart}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className={classes.hatchGround} />
          <rect width="3" height="6" className={classes.hatch} />
        </pattern>
      </defs>
      {marks.map((mark) => (
        <g key={mark}>
          <path className={classes.grid} d={`M${frame.left} ${y(mark)}H${width - unit * 0.5}`} />
          <text x={frame.left - unit * 0.3} y={y(mark) + unit * 0.3} textAnchor="end">
            {inDigits(mark, language)}
          </text>
        </g>
      ))}
      {months.map((month, index) => (
        <text key={month} x={middle(index)} y={height - unit * 0.5} textAnchor="middle">
          {monthNumber(month)}
        </text>
      ))}
      {series.map(({ name, values }, index) =>
        kind === 'lines' ? (
          <g key={name}>
            <path className={classes[`line${index}`]} d={pathOf(values, middle, y)} />
            {values.map((value, at) =>
              value === null ? null : (
                <Mark key={months[at]} at={[middle(at), y(value)]} index={index} size={unit * 0.28} />
              ),
            )}
            <LastValue {...{ values, middle, y, unit, below: index > 0 }} />
          </g>
        ) : (
          <g key={name}>
            {values.map((value, at) => {
              if (value === null) return null;
              const left = middle(at) - step * 0.4 + room * index;
              return (
                <g key={months[at]}>
                  <rect
                    className={classes[`bar${index}`]}
                    {...(index === 1 && { fill: `url(#${hatch})` })}
                    {...{ x: left + 1, y: y(value), width: Math.max(2, room - 2) }}
                    height={frame.top + frame.height - y(value)}
                  />
                  {value > 0 && room >= (inDigits(value, language).length + 0.6) * unit * 0.5 && (
                    <text
                      className={classes.value}
                      {...{ x: left + room / 2, y: y(value) - unit * 0.25, textAnchor: 'middle' }}
                    >
                      {inDigits(value, language)}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        ),
      )}
      {line && (
        <path className={classes.target} d={`M${frame.left} ${y(line.value)}H${width - unit * 0.5}`} />
      )}
    </svg>
  );
}

function LastValue({
  values,
  middle,
  y,
  unit,
  below,
}: {
  values: readonly (number | null)[];
  middle: (index: number) => number;
  y: (value: number) => number;
  unit: number;
  below: boolean;
}) {
  const { language } = useText();
  const index = values.findLastIndex((value) => value !== null);
  const value = values[index];
  if (value === undefined || value === null) return null;
  return (
    <text x={middle(index)} y={y(value) + unit * (below ? 1.1 : -0.5)} textAnchor="middle" fontWeight="700">
      {inDigits(value, language)}
    </text>
  );
}

/** Lines differ in their marks too: a circle, a square, a triangle. */
function Mark({ at: [x, y], index, size }: { at: [number, number]; index: number; size: number }) {
  const className = classes[`mark${index}`];
  if (index === 0) return <circle className={className} cx={x} cy={y} r={size} />;
  if (index === 1)
    return <rect className={className} x={x - size} y={y - size} width={size * 2} height={size * 2} />;
  return <path className={className} d={`M${x} ${y - size}L${x + size} ${y + size}H${x - size}Z`} />;
}

/** A line that breaks where there is nothing. */
function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isOpen = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isOpen = false;
        return '';
      }
      const step = `${isOpen ? 'L' : 'M'}${x(index)} ${y(value)}`;
      isOpen = true;
      return step;
    })
    .join('');
}
