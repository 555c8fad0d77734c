import { Button, Group, Text } from '@mantine/core';
import { timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import type { DraftState } from './draft-saver';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Says whether what is typed is safe, and that an earlier draft was put back. */
export function DraftLine({
  state,
  restoredAt,
  onDiscard,
}: {
  state: DraftState;
  restoredAt: Date | undefined;
  onDiscard?: () => void;
}) {
  const { say, language } = useText();
  const words =
    state.kind === 'unsaved'
      ? say('draft.unsaved')
      : state.kind === 'saved'
        ? say('draft.saved', { time: timeOfDay(state.at, zone, language) })
        : '';
  return (
    <Group gap="sm" mih="2rem">
      <Text
        size="sm"
        role="status"
        c={state.kind === 'unsaved' ? 'var(--red)' : 'var(--dim)'}
        data-testid="draft"
      >
        {restoredAt && `${say('draft.restored', { time: timeOfDay(restoredAt, zone, language) })} `}
        {state.kind === 'unsaved' && '⚠ '}
        {words}
      </Text>
      {restoredAt && onDiscard && (
        <Button variant="default" size="compact-sm" onClick={onDiscard}>
          {say('draft.discard')}
        </Button>
      )}
    </Group>
  );
}
