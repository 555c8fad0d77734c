import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { lengthOf } from '../text/moments';
import { useText } from '../text/text';
import { LightShape } from './light-badge';
import { Tile } from './tile';
import styles from './links-tile.module.css';

/** Whether the board can be believed: each link, and how old each source's data is. */
export function LinksTile({ view, now }: { view: WallboardView; now: Date }) {
  const { say, language } = useText();
  const since = (at: string): string => lengthOf(now.getTime() - new Date(at).getTime(), language);
  return (
    <Tile name="links" light={view.lights.links}>
      <ul className={styles.links}>
        {view.links.map(({ name, ok, since: at }) => (
          <li key={name} data-ok={ok}>
            <LightShape light={ok ? 'green' : 'red'} />
            {say(`link.${name}`)} <b>{say(ok ? 'link.up' : 'link.down')}</b>
            {!ok && at !== null && ` ${since(at)}`}
          </li>
        ))}
        {view.sources.map(({ name, readAt, stale }) => (
          <li key={`source-${name}`} data-ok={!stale}>
            <LightShape light={stale ? 'yellow' : 'green'} />
            {say(`source.${name}`)} {readAt === null ? say('source.never') : since(readAt)}
            {stale && ` ${say('source.stale')}`}
          </li>
        ))}
      </ul>
    </Tile>
  );
}
