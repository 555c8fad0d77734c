import type { Light } from '../../../src/wallboard/light';
import { useText } from '../text/text';
import styles from './light-badge.module.css';

const shapes: Readonly<Record<Light, string>> = {
  green: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0 -13z',
  yellow: 'M8 1L15.5 14.5H.5z',
  red: 'M8 0L16 8L8 16L0 8z',
  none: 'M2 7h12v2H2z',
};

/** A shape for each light: nobody has to tell the colours apart. */
export function LightShape({ light }: { light: Light }) {
  return (
    <svg className={styles.shape} viewBox="0 0 16 16" aria-hidden data-light={light}>
      <path d={shapes[light]} />
    </svg>
  );
}

/** Colour, shape and word. */
export function LightBadge({ light }: { light: Light }) {
  const { say } = useText();
  return (
    <span className={styles.badge} data-light={light}>
      <LightShape light={light} />
      {light !== 'none' && <span>{say(`board.light.${light}`)}</span>}
    </span>
  );
}
