import {
  Alert,
  Button,
  Checkbox,
  Divider,
  Drawer,
  Group,
  NumberInput,
  Radio,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Limits, TileName, WallboardSettings } from '../../../src/wallboard/wallboard-settings';
import { ask, tellFailure } from '../api/client';
import { useText } from '../text/text';
import { ScreensSection } from './screens-section';
import { allTiles, percentLimits } from './settings-fields';

/** What the board shows, from where on it is red, and which televisions show it. */
export function SettingsDrawer({ organizationId, onClose }: { organizationId: number; onClose: () => void }) {
  const { say } = useText();
  const address = `/wallboards/${organizationId}/settings`;
  const [settings, setSettings] = useState<WallboardSettings>();
  const [told, setTold] = useState<{ kind: 'saved' } | { kind: 'failed'; text: string }>();
  const fail = (error: unknown): void => setTold({ kind: 'failed', text: tellFailure(error, say) });
  useEffect(() => {
    ask<WallboardSettings>('GET', address)
      .then(setSettings)
      .catch((error: unknown) => setTold({ kind: 'failed', text: tellFailure(error, say) }));
  }, [address, say]);
  const save = (): void => {
    ask<WallboardSettings>('PUT', address, settings)
      .then((kept) => {
        setSettings(kept);
        setTold({ kind: 'saved' });
      })
      .catch(fail);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={say('settings.title')}
      closeButtonProps={{ 'aria-label': say('settings.close') }}
    >
      {settings && (
        <Stack>
          <TilesField tiles={settings.tiles} onChange={(tiles) => setSettings({ ...settings, tiles })} />
          <LimitsField limits={settings.limits} onChange={(limits) => setSettings({ ...settings, limits })} />
          <Radio.Group
            label={say('settings.standIn')}
            value={settings.standIn}
            onChange={(standIn) => setSettings({ ...settings, standIn })}
          >
            <Group mt="xs">
              <Radio value="initials" label={say('settings.initials')} />
              <Radio value="memberNumbers" label={say('settings.memberNumbers')} />
            </Group>
          </Radio.Group>
          <Button onClick={save}>{say('settings.save')}</Button>
        </Stack>
      )}
      {told && (
        <Alert mt="sm" variant="outline" role="status" color={told.kind === 'saved' ? 'teal' : 'red'}>
          {told.kind === 'saved' ? say('settings.saved') : told.text}
        </Alert>
      )}
      <Divider my="lg" />
      <ScreensSection organizationId={organizationId} />
    </Drawer>
  );
}

function TilesField({ tiles, onChange }: { tiles: TileName[]; onChange: (tiles: TileName[]) => void }) {
  const { say } = useText();
  const others = allTiles.filter((name) => !tiles.includes(name));
  const toggle = (name: TileName): void =>
    onChange(tiles.includes(name) ? tiles.filter((one) => one !== name) : [...tiles, name]);
  const moveUp = (index: number): void => {
    const next = [...tiles];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    onChange(next);
  };
  return (
    <Stack gap={6} component="fieldset" bd="none" p={0} m={0}>
      <Text component="legend" fw={600}>
        {say('settings.tiles')}
      </Text>
      {[...tiles, ...others].map((name, index) => (
        <Group key={name} justify="space-between">
          <Checkbox
            checked={tiles.includes(name)}
            onChange={() => toggle(name)}
            label={say(`tile.${name}`)}
          />
          {index > 0 && index < tiles.length && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={say('settings.up', { tile: say(`tile.${name}`) })}
              onClick={() => moveUp(index)}
            >
              ↑
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function LimitsField({ limits, onChange }: { limits: Limits; onChange: (limits: Limits) => void }) {
  const { say } = useText();
  const names = Object.keys(limits) as (keyof Limits)[];
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {say('settings.limits')}
      </Title>
      <Text size="sm">{say('settings.limitsHint')}</Text>
      {names.map((name) => {
        const factor = percentLimits.has(name) ? 100 : 1;
        const value = limits[name];
        return (
          <NumberInput
            key={name}
            label={say(`settings.${name}`)}
            value={value === null ? '' : Math.round(value * factor)}
            min={1}
            allowDecimal={false}
            allowNegative={false}
            onChange={(typed) =>
              onChange({ ...limits, [name]: typed === '' ? null : Number(typed) / factor })
            }
          />
        );
      })}
    </Stack>
  );
}
