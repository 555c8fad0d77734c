import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { fiscalYearOf } from '../../../src/figures/fiscal-year';
import { plannedKinds } from '../../../src/figures/target';
import { askFile } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayInWords, todayIn } from '../text/dates';
import { useText } from '../text/text';
import { inDigits, scopeWords, type FiguresAnswer } from './answer';
import { Chart } from './chart';
import classes from './figures.module.css';
import { Headline } from './headline';
import { MonthTable } from './month-table';
import { Rules } from './rules';
import { TargetsSection } from './targets-section';
import { TenantsSection } from './tenants-section';

/** The first year of the plan. */
const firstYear = 2021;
const zone = 'Asia/Tokyo';

/** What came of a year, month by month, beside what was promised. */
export function FiguresPage() {
  const { say, language } = useText();
  const [chosen, setChosen] = useSearchParams();
  const thisYear = fiscalYearOf(todayIn(zone));
  const year = Number(chosen.get('year') ?? thisYear) || thisYear;
  const organization = chosen.get('organization') ?? '';
  const query = new URLSearchParams({
    year: String(year),
    ...(organization !== '' && { organization }),
  }).toString();
  const figures = useAnswer<FiguresAnswer>(`/figures?${query}`);
  const choose = (name: string, value: string): void => {
    const next = new URLSearchParams(chosen);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setChosen(next);
  };
  const save = useAction(
    useCallback(
      async () => keep(await askFile('GET', `/figures.csv?${query}`), `figures-${year}.csv`),
      [query, year],
    ),
  );
  const years = Array.from({ length: thisYear + 2 - firstYear }, (_none, index) => firstYear + index);
  const { answer } = figures;
  return (
    <PageFrame
      title={say('figures.title')}
      wide
      actions={
        <Group gap="xs" className="no-print" align="flex-end">
          <NativeSelect
            label={say('figures.year')}
            value={String(year)}
            onChange={(event) => choose('year', event.currentTarget.value)}
            data={[...years]
              .reverse()
              .map((one) => ({ value: String(one), label: say('figures.yearOf', { year: one }) }))}
          />
          {answer && answer.choices.length > 0 && (
            <NativeSelect
              label={say('figures.tenant')}
              value={organization}
              onChange={(event) => choose('organization', event.currentTarget.value)}
              data={[
                { value: '', label: say('figures.all') },
                ...answer.choices.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
          )}
          <Button variant="default" onClick={() => void save.run()} loading={save.isBusy}>
            {say('action.download')}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {say('action.print')}
          </Button>
        </Group>
      }
    >
      <AnswerView of={figures}>
        {(shown) => (
          <div className={classes.report}>
            <div>
              <Headline of={shown} />
              <Text c="var(--dim)">
                {scopeWords(shown.series[0]?.scope ?? 'all', shown, say)}
                {' ・ '}
                {say('figures.yearOf', { year: shown.fiscalYear })}
                {shown.series[0]?.year &&
                  ` ・ ${say('figures.until', { date: dayInWords(endOf(shown), language) })}`}
              </Text>
            </div>
            {shown.series[0]?.year && <Charts of={shown} />}
            <TargetsSection key={query} of={shown} reload={figures.reload} />
            {shown.series[0]?.year && <MonthTable of={shown} />}
            {shown.organizationId === null && (
              <TenantsSection
                of={shown}
                reload={figures.reload}
                choose={(id) => choose('organization', id)}
              />
            )}
            <Rules of={shown} />
          </div>
        )}
      </AnswerView>
    </PageFrame>
  );
}

function Charts({ of: { series, months, targets } }: { of: FiguresAnswer }) {
  const { say, language } = useText();
  const [own] = series;
  if (!own) return null;
  const values = <Name extends 'subscribers' | 'active' | 'contacts' | 'handled' | 'leases' | 'introduced'>(
    name: Name,
    of = own,
  ) => of.months.map((month) => month?.[name] ?? null);
  const targetOf = (measure: string): number | undefined =>
    targets.find((one) => one.scope === own.scope && one.measure === measure)?.value;
  const whole = targetOf('subscribers');
  const kinds = plannedKinds.flatMap((kind) => {
    const found = series.find(({ scope }) => scope === `kind:${kind}`);
    return found ? [{ name: say(`figures.kind.${kind}`), values: values('introduced', found) }] : [];
  });
  const consultations = [
    ['contacts', 'consultations'],
    ['handled', 'handled'],
    ['leases', 'leases'],
  ] as const;
  return (
    <div className={classes.charts}>
      <Chart
        title={say('figures.chart.people')}
        kind="lines"
        months={months}
        series={[
          { name: say('figures.subscribers'), values: values('subscribers') },
          { name: say('figures.active'), values: values('active') },
        ]}
        line={
          whole === undefined
            ? undefined
            : { value: whole, name: say('figures.chart.target', { count: inDigits(whole, language) }) }
        }
      />
      {kinds.length > 0 && (
        <Chart title={say('figures.chart.introduced')} kind="bars" months={months} series={kinds} />
      )}
      {consultations.map(([figure, measure]) => {
        const yearly = targetOf(measure);
        const pace = yearly === undefined ? undefined : Math.round((yearly / 12) * 10) / 10;
        return (
          <Chart
            key={figure}
            title={say(`figures.${figure}`)}
            kind="bars"
            months={months}
            series={[{ name: say(`figures.${figure}`), values: values(figure) }]}
            line={
              pace === undefined
                ? undefined
                : { value: pace, name: say('figures.chart.pace', { count: inDigits(pace, language) }) }
            }
          />
        );
      })}
      <Chart
        title={say('figures.chart.answered')}
        kind="bars"
        months={months}
        series={[
          {
            name: say('figures.answeredShare'),
            values: own.months.map((month) => {
              const share = month?.answeredShare ?? null;
              return share === null ? null : Math.round(share * 100);
            }),
          },
        ]}
      />
    </div>
  );
}

/** The last day that is counted: today, or the year's end. */
function endOf({ today, fiscalYear }: FiguresAnswer): string {
  const last = `${fiscalYear + 1}-03-31`;
  return today < last ? today : last;
}

/** Gives a file to the browser to keep. */
function keep(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
