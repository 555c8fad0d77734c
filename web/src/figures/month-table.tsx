import { Table } from '@mantine/core';
import type { Figures } from '../../../src/figures/month-figures';
import type { Language, Say } from '../text/text';
import { useText } from '../text/text';
import { inDigits, monthNumber, type FiguresAnswer } from './answer';
import classes from './figures.module.css';

const rows = [
  ...(['subscribers', 'active', 'introduced', 'withdrawals', 'due', 'waiting', 'answered'] as const),
  ...(['answeredShare', 'calls', 'alerts', 'medianMinutesToClose'] as const),
  ...(['contacts', 'persons', 'handled', 'leases'] as const),
] as const satisfies readonly (keyof Figures)[];

/** Everything that is counted, month by month. */
export function MonthTable({ of: { series, months } }: { of: FiguresAnswer }) {
  const { say, language } = useText();
  const [own] = series;
  if (!own) return null;
  return (
    <section className={classes.section} aria-label={say('figures.table')}>
      <h2>{say('figures.table')}</h2>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={say('figures.table')}>
        <Table className={classes.numbers}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('figures.month')}</Table.Th>
              {months.map((month) => (
                <Table.Th key={month} scope="col" ta="end">
                  {say('figures.monthOf', { month: monthNumber(month) })}
                </Table.Th>
              ))}
              <Table.Th scope="col" ta="end">
                {say('figures.total')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((name) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{say(`figures.${name}`)}</Table.Th>
                {own.months.map((month, index) => (
                  <Table.Td key={months[index]}>{inWords(name, month, say, language)}</Table.Td>
                ))}
                <Table.Td fw={700}>{inWords(name, own.year, say, language)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

function inWords(name: keyof Figures, figures: Figures | null, say: Say, language: Language): string {
  const value = figures?.[name] ?? null;
  if (value === null) return '—';
  if (name === 'answeredShare') return `${inDigits(value * 100, language)}%`;
  const digits = inDigits(value, language);
  return name === 'medianMinutesToClose' ? say('figures.minutes', { count: digits }) : digits;
}
