import { memo } from 'react';
import { glanceLetters, type GlanceLetter } from '../../../src/desk/glance';
import { useText } from '../text/text';
import styles from './weeks.module.css';

const wide = 5;
/** One mark a day within a box of 5 by 12: tall where something was wrong, a dot where all was well. */
const shapeOf: Readonly<Record<GlanceLetter, (x: number) => string>> = {
  o: (x) => `M${x} 8h3v3h-3z`,
  k: (x) => `M${x} 5h3v6h-3z`,
  u: (x) => `M${x} 0h4v12h-4z`,
  c: (x) => `M${x} 12L${x + 2} 1L${x + 4} 12z`,
  h: (x) => `M${x} 12L${x + 2} 1L${x + 4} 12z`,
  x: (x) => `M${x} 0h4v12h-4z`,
  f: (x) => `M${x} 0L${x + 4} 0L${x + 2} 11z`,
  '-': (x) => `M${x} 10h4v1h-4z`,
  '?': (x) => `M${x} 8h3v3h-3zM${x + 1} 9h1v1h-1z`,
};
const inkOf: Readonly<Record<GlanceLetter, 'well' | 'care' | 'act' | 'away'>> = {
  ...{ o: 'well', k: 'well', u: 'act', c: 'care', h: 'care', x: 'act', f: 'care', '-': 'away', '?': 'away' },
};
const inks = ['well', 'care', 'act', 'away'] as const;

/** Eight weeks of a person, one small mark for each check-in; the same in words for those who do not see it. */
export const Weeks = memo(function Weeks({ letters }: { letters: string }) {
  const { say, language } = useText();
  const known = Array.from(letters).flatMap((letter, index) =>
    letter in glanceLetters ? [{ letter: letter as GlanceLetter, index }] : [],
  );
  // Where nobody is called every day, the marks stand together.
  const daily = known.length > 20;
  const counts = new Map<GlanceLetter, number>();
  for (const { letter } of known) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const what = [...counts]
    .map(([letter, count]) => say(`week.${glanceLetters[letter]}`, { count }))
    .join(language === 'ja' ? '、' : ', ');
  const words = what === '' ? say('line.weeksNone') : say('line.weeks', { what });
  const width = daily ? letters.length * wide : Math.max(8, known.length) * wide;
  const paths = inks.map((ink) => ({
    ink,
    d: known
      .map(({ letter, index }, place) =>
        inkOf[letter] === ink ? shapeOf[letter]((daily ? index : place) * wide) : '',
      )
      .join(''),
  }));
  return (
    <svg
      className={styles.weeks}
      viewBox={`0 0 ${width} 12`}
      width={daily ? width : width * 2}
      height={daily ? 12 : 24}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {paths.map(({ ink, d }) => d !== '' && <path key={ink} d={d} data-ink={ink} />)}
    </svg>
  );
});
