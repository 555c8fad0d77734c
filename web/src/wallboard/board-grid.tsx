import type { TileName } from '../../../src/wallboard/wallboard-settings';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { AlertsTile } from './alerts-tile';
import { CallsTile } from './calls-tile';
import { ResultsTile, UnknownTile } from './check-in-tiles';
import { CounsellorsTile, HotlineTile } from './hotline-tiles';
import { LinksTile } from './links-tile';
import { rowsOf } from './tile-rows';
import styles from './board-grid.module.css';

/** The tiles in their rows. @param isTv a fixed height: lists are cut to what fits, and say how many more there are */
export function BoardGrid({ view, now, isTv }: { view: WallboardView; now: Date; isTv: boolean }) {
  return (
    <div className={styles.rows}>
      {rowsOf(view.tiles).map(({ tiles, isLow }) => (
        <div key={tiles[0]?.name} className={styles.row} data-low={isLow}>
          {tiles.map(({ name, width }) => (
            <div key={name} className={styles.cell} style={{ flexGrow: width, flexBasis: `${width}%` }}>
              {tile(name, view, now, isTv)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function tile(name: TileName, view: WallboardView, now: Date, isTv: boolean) {
  // More would push what is below them off a small screen.
  const rows = isTv ? 6 : 7;
  switch (name) {
    case 'unknown':
      return <UnknownTile view={view} now={now} />;
    case 'results':
      return <ResultsTile view={view} now={now} />;
    case 'alerts':
      return <AlertsTile view={view} now={now} />;
    case 'calls':
      return <CallsTile view={view} now={now} rows={rows} />;
    case 'hotline':
      return <HotlineTile view={view} now={now} />;
    case 'counsellors':
      return <CounsellorsTile view={view} now={now} rows={rows} />;
    case 'links':
      return <LinksTile view={view} now={now} />;
  }
}
