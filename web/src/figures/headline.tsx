import { Text } from '@mantine/core';
import { useText } from '../text/text';
import { inDigits, type FiguresAnswer } from './answer';
import classes from './figures.module.css';

/** How it stands, in a sentence. */
export function Headline({ of: { series, targets, fiscalYear } }: { of: FiguresAnswer }) {
  const { say, language } = useText();
  const [own] = series;
  const year = own?.year;
  if (!year) return <p className={classes.headline}>{say('figures.headlineFuture', { year: fiscalYear })}</p>;
  const target = targets.find(({ scope, measure }) => scope === own.scope && measure === 'subscribers');
  const count = inDigits(year.subscribers, language);
  const { active, contacts, handled, leases } = year;
  const percent = target?.percent ?? undefined;
  return (
    <>
      <p className={classes.headline}>
        {target && percent !== undefined
          ? say('figures.headline', {
              ...{ count, year: fiscalYear, percent },
              target: inDigits(target.value, language),
            })
          : say('figures.headlineNoTarget', { count, year: fiscalYear })}{' '}
        {target &&
          percent !== undefined &&
          (percent >= 100
            ? say('figures.reached')
            : say('figures.missing', {
                count: `${inDigits(target.value - target.actual, language)}${say('unit.people')}`,
              }))}
      </p>
      <Text>
        {say('figures.second', {
          ...{ active: inDigits(active, language), contacts: inDigits(contacts, language) },
          ...{ handled: inDigits(handled, language), leases: inDigits(leases, language) },
        })}
      </Text>
    </>
  );
}
