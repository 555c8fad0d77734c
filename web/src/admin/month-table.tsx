import { VisuallyHidden } from '@mantine/core';
import { useText } from '../text/text';
import { dayInWords } from '../text/dates';
import { stateOfDay, weeksOf, type DayState, type HoursAnswer, type Whose } from './calendar';
import css from './month-table.module.css';

/** A month: each day is a button that closes or opens it. */
export function MonthTable({
  month,
  answer,
  whose,
  isBusy,
  onChange,
}: {
  month: string;
  answer: HoursAnswer;
  whose: Whose;
  isBusy: boolean;
  /** Undefined for those who may only look. */
  onChange: ((date: string, isClosed: boolean) => void) | undefined;
}) {
  const { say, language } = useText();
  return (
    <table className={css.month}>
      <thead>
        <tr>
          {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
            <th key={day} scope="col">
              {say(`day.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, index) => (
          <tr key={index}>
            {week.map((date, at) => {
              if (date === undefined) return <td key={at} />;
              const state = stateOfDay(answer, whose, date);
              const holiday = answer.holidays.find((one) => one.date === date)?.name;
              const isOver = date < answer.today;
              const word = state === 'open' ? '' : say(`hours.state.${state}`);
              const label = [dayInWords(date, language), holiday, say(`hours.is.${state}`)];
              return (
                <td key={at} className={css[state satisfies DayState]}>
                  <button
                    type="button"
                    disabled={isOver || state === 'regular' || !onChange || isBusy}
                    aria-current={date === answer.today ? 'date' : undefined}
                    onClick={() => onChange?.(date, state !== 'open')}
                  >
                    <VisuallyHidden>{label.filter((part) => part !== undefined).join(' ')}</VisuallyHidden>
                    <span aria-hidden className={css.number}>
                      {Number(date.slice(8))}
                    </span>
                    {holiday !== undefined && (
                      <span aria-hidden className={css.holiday}>
                        {holiday}
                      </span>
                    )}
                    <span aria-hidden className={css.word}>
                      {word}
                    </span>
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
