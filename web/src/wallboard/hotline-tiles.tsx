import type { CounsellorOnBoard } from '../../../src/wallboard/hotline-tile';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { lengthOf, momentOf } from '../text/moments';
import { useText } from '../text/text';
import { LightShape } from './light-badge';
import { Figure, Tile } from './tile';
import styles from './hotline-tiles.module.css';
import people from './people.module.css';
import shared from './shared.module.css';

interface Props {
  view: WallboardView;
  now: Date;
}

/** Who waits, and how today goes; each share says on pointing at it how it is made. */
export function HotlineTile({ view, now }: Props) {
  const { say, language } = useText();
  const { hotline, lights, organization } = view;
  if (!hotline)
    return (
      <Tile name="hotline" light="none">
        {say('hotline.none')}
      </Tile>
    );
  const { waiting, longestWaitSince, callBacks } = hotline;
  const waited = longestWaitSince === null ? 0 : now.getTime() - new Date(longestWaitSince).getTime();
  return (
    <Tile name="hotline" light={lights.hotline}>
      {!hotline.heard && <p className={styles.warning}>{say('hotline.unheard')}</p>}
      <div className={shared.grid2}>
        <Figure label={say('hotline.waiting')} value={waiting} light={hotline.waitingLight} size="large" />
        <Figure
          label={say('hotline.longest')}
          value={longestWaitSince === null ? '–' : lengthOf(waited, language)}
          light={hotline.longestWaitLight}
          size="large"
        />
      </div>
      <div className={shared.figures}>
        <Figure label={say('hotline.answered')} value={hotline.answered ?? '–'} />
        <Figure
          label={say('hotline.lost')}
          value={hotline.lost ?? '–'}
          light={hotline.lostLight}
          title={hotline.lostFormula}
        />
        <Figure
          label={say('hotline.callBacks')}
          value={callBacks?.open ?? '–'}
          light={callBacks?.light ?? 'none'}
        />
      </div>
      <ul className={shared.list} data-many={hotline.lines.length > 1}>
        {hotline.lines.map(({ lineId, name, open, opensAt, serviceLevel: { value, formula, light } }) => (
          <li key={lineId} className={styles.lineRow}>
            <span className={styles.lineName}>
              <b>{name}</b> {say(open ? 'hotline.open' : 'hotline.closed')}
              {opensAt !== null &&
                ` ${say('hotline.opens', { time: momentOf(new Date(opensAt), now, organization.timeZone, language) })}`}
            </span>
            <span className={styles.level} title={formula}>
              {say('hotline.serviceLevel')} <b>{value === null ? '–' : `${Math.round(value * 100)}%`}</b>
              {light !== 'none' && <LightShape light={light} />}
            </span>
            <small className={styles.formula}>{formula}</small>
          </li>
        ))}
      </ul>
    </Tile>
  );
}

/** Who is there, in which state, and since when. */
export function CounsellorsTile({ view, now, rows }: Props & { rows: number }) {
  const { say } = useText();
  const { hotline, lights } = view;
  const all = hotline?.counsellors ?? [];
  const shown = all.slice(0, rows);
  return (
    <Tile name="counsellors" light={lights.counsellors}>
      {all.length === 0 && <p className={shared.line}>{say('counsellor.none')}</p>}
      <ul className={shared.list}>
        {shown.map((one) => (
          <CounsellorRow key={one.extension} counsellor={one} now={now} />
        ))}
      </ul>
      {all.length > shown.length && (
        <p className={shared.line}>{say('board.morePeople', { count: all.length - shown.length })}</p>
      )}
    </Tile>
  );
}

const shapes: Readonly<Record<CounsellorOnBoard['state'], string>> = {
  free: 'M2 8.5L6 13L14 3.5',
  ringing: 'M2 8a6 6 0 0 1 12 0M5 8a3 3 0 0 1 6 0',
  talking: 'M2 3h12v8H7l-4 3v-3H2z',
  paused: 'M5 3v10M11 3v10',
  unreachable: 'M3 3l10 10M13 3L3 13',
  wrapUp: 'M3 13l1-4l7-7l3 3l-7 7z',
  away: 'M3 8h10',
};

function CounsellorRow({ counsellor, now }: { counsellor: CounsellorOnBoard; now: Date }) {
  const { say, language } = useText();
  const { label, state, since, reason } = counsellor;
  return (
    <li className={people.counsellor} data-state={state} data-testid="counsellor">
      <span className={people.who}>{label}</span>
      <span className={people.callState}>
        <svg className={people.stateShape} viewBox="0 0 16 16" aria-hidden>
          <path d={shapes[state]} />
        </svg>
        {say(`counsellor.${state}`)}
        {reason !== '' && <span className={people.reason}>（{reason}）</span>}
      </span>
      <span className={people.callTime}>
        {since === null ? '' : lengthOf(now.getTime() - new Date(since).getTime(), language)}
      </span>
    </li>
  );
}
