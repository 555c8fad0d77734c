import type { DayProgress } from '../../../src/wallboard/day-progress';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import { Figure, Tile } from './tile';
import styles from './check-in-tiles.module.css';
import shared from './shared.module.css';

interface Props {
  view: WallboardView;
  now: Date;
}

const unknownParts = ['notCalledYet', 'calling', 'callingAgain', 'callingAgainTomorrow'] as const;
const results = ['well', 'unwell', 'contact', 'unreachable'] as const;

/** The headline: of how many people nothing is known yet. */
export function UnknownTile({ view, now }: Props) {
  const { say, language } = useText();
  const { progress, lights, organization } = view;
  if (!progress)
    return (
      <Tile name="unknown" light="none">
        {say('app.loading')}
      </Tile>
    );
  const { unknown, due, done, overdue, expectedEndAt } = progress;
  const expected = expectedEndAt && momentOf(new Date(expectedEndAt), now, organization.timeZone, language);
  return (
    <Tile name="unknown" light={lights.unknown}>
      <p className={shared.headline} data-light={lights.unknown}>
        <span data-testid="unknown">{unknown}</span>
        <small>{say('unit.people')}</small>
      </p>
      <Progress progress={progress} />
      <p className={`${shared.line ?? ''} ${styles.parts ?? ''}`}>
        <span>{due === 0 ? say('progress.nobody') : say('progress.of', { due, done })}</span>
        {due > 0 && unknown === 0 && <span>{say('progress.allKnown')}</span>}
        {overdue > 0 && <span>{say('progress.overdue', { count: overdue })}</span>}
        {expected && <span>{say('progress.expected', { time: expected })}</span>}
      </p>
      <div className={shared.figures}>
        {unknownParts.map((part) => (
          <Figure key={part} label={say(`progress.${part}`)} value={progress[part]} size="small" />
        ))}
      </div>
    </Tile>
  );
}

function Progress({ progress: { due, done } }: { progress: DayProgress }) {
  const { say } = useText();
  const share = due === 0 ? 0 : done / due;
  return (
    <svg
      className={styles.bar}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${say('progress.bar')} ${Math.round(share * 100)}%`}
    >
      <rect width="100" height="4" className={styles.barGround} />
      <rect width={share * 100} height="4" className={styles.barDone} />
    </svg>
  );
}

/** What is known of the others. */
export function ResultsTile({ view: { progress, lights } }: Props) {
  const { say } = useText();
  return (
    <Tile name="results" light={lights.results}>
      <div className={shared.grid2}>
        {results.map((result) => (
          <div key={result} className={styles.result} data-result={result}>
            <span className={styles.resultLabel}>
              <ResultShape result={result} />
              {say(`progress.${result}`)}
            </span>
            <span className={styles.resultValue} data-testid={result}>
              {progress ? progress[result] : '–'}
            </span>
          </div>
        ))}
      </div>
    </Tile>
  );
}

const resultShapes: Readonly<Record<(typeof results)[number], string>> = {
  well: 'M2 8.5L6 13L14 3.5',
  unwell: 'M8 2v8M8 13v1',
  contact: 'M3 3h10v8H8l-3 3v-3H3z',
  unreachable: 'M3 3l10 10M13 3L3 13',
};

function ResultShape({ result }: { result: (typeof results)[number] }) {
  return (
    <svg className={styles.resultShape} viewBox="0 0 16 16" aria-hidden>
      <path d={resultShapes[result]} />
    </svg>
  );
}
