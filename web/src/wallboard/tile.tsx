import type { ReactNode } from 'react';
import type { Light } from '../../../src/wallboard/light';
import type { TileName } from '../../../src/wallboard/wallboard-settings';
import { useText } from '../text/text';
import { LightBadge } from './light-badge';
import styles from './tile.module.css';

/** One subject of the board: its name, how it stands, its figures. */
export function Tile({
  name,
  light,
  extra,
  children,
}: {
  name: TileName;
  light: Light;
  /** Beside the name. */
  extra?: ReactNode;
  children: ReactNode;
}) {
  const { say } = useText();
  const heading = `tile-${name}`;
  return (
    <section className={styles.tile} data-light={light} data-tile={name} aria-labelledby={heading}>
      <header className={styles.tileHead}>
        <h2 id={heading}>{say(`tile.${name}`)}</h2>
        {extra}
        <LightBadge light={light} />
      </header>
      <div className={styles.tileBody}>{children}</div>
    </section>
  );
}

/** A figure with what it counts; the light is shown beside it when it is not simply well. */
export function Figure({
  label,
  value,
  light = 'none',
  title,
  size = 'middle',
}: {
  label: string;
  value: ReactNode;
  light?: Light;
  /** The rule that it was made by. */
  title?: string;
  size?: 'small' | 'middle' | 'large';
}) {
  return (
    <div className={styles.figure} data-light={light} data-size={size} {...(title ? { title } : {})}>
      <span className={styles.figureLabel}>{label}</span>
      <span className={styles.figureValue}>{value}</span>
      {(light === 'yellow' || light === 'red') && <LightBadge light={light} />}
    </div>
  );
}
