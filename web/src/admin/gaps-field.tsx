import { Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { Gap } from '../../../src/checkins/call-policy';
import { useText } from '../text/text';

/** How long to wait before each next call. */
export function GapsField({
  label,
  gaps,
  tries,
  onChange,
}: {
  label: string;
  gaps: readonly Gap[];
  tries: number;
  onChange: (gaps: [Gap, ...Gap[]]) => void;
}) {
  const { say } = useText();
  // One wait less than there are calls; the last one named holds from there on.
  const count = Math.max(1, tries - 1);
  const shown = Array.from(
    { length: count },
    (_, index) => gaps[Math.min(index, gaps.length - 1)] ?? nextDay,
  );
  const set = (index: number, gap: Gap): void => {
    const [first = nextDay, ...others] = shown.map((one, at) => (at === index ? gap : one));
    onChange([first, ...others]);
  };
  return (
    <Stack gap="xs" component="fieldset" bd="none" p={0} m={0}>
      <Text component="legend" fw={600}>
        {label}
      </Text>
      {shown.map((gap, index) => (
        <Group key={index} align="flex-end">
          <Select
            label={say('policy.gap', { number: index + 2 })}
            data={[
              { value: 'nextDay', label: say('policy.nextDay') },
              { value: 'seconds', label: say('policy.sameDayGap') },
            ]}
            value={gap.kind}
            onChange={(kind) => set(index, kind === 'seconds' ? { kind, seconds: 1800 } : nextDay)}
            allowDeselect={false}
          />
          {gap.kind === 'seconds' && (
            <NumberInput
              label={say('policy.minutes')}
              value={Math.round(gap.seconds / 60)}
              min={1}
              max={720}
              allowDecimal={false}
              onChange={(minutes) => set(index, { kind: 'seconds', seconds: (Number(minutes) || 1) * 60 })}
            />
          )}
        </Group>
      ))}
    </Stack>
  );
}

const nextDay: Gap = { kind: 'nextDay' };
