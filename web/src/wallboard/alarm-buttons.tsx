import { Button } from '@mantine/core';
import { useText } from '../text/text';
import type { Alarm } from './use-alarm';

/** Browsers make no sound before somebody has touched the page: one click arms it. */
export function AlarmButtons({ alarm: { isArmed, sounds, arm, disarm, acknowledge } }: { alarm: Alarm }) {
  const { say } = useText();
  return (
    <>
      {isArmed && sounds && (
        <Button size="compact-md" color="red" onClick={acknowledge}>
          {say('board.acknowledge')}
        </Button>
      )}
      <Button size="compact-md" variant="default" onClick={isArmed ? disarm : arm}>
        {isArmed ? `${say('board.armed')}・${say('board.disarm')}` : say('board.arm')}
      </Button>
    </>
  );
}
