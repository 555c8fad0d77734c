import { Alert, Button, Center, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { LiveLogin } from '../../../src/live/live-events';
import { ask, tellFailure } from '../api/client';
import { useMe } from '../api/me';
import { useText } from '../text/text';
import { Board } from './board';
import { SettingsDrawer } from './settings-drawer';

interface BoardOwner {
  id: number;
  name: string;
  mayEdit: boolean;
  maySeeNames: boolean;
}

/** The live board of one's own tenant, or of one of those that one may see. */
export function WallboardPage() {
  const { say } = useText();
  const [parameters, setParameters] = useSearchParams();
  const [owners, setOwners] = useState<BoardOwner[]>();
  const [failure, setFailure] = useState<string>();
  const [areSettingsOpen, settings] = useDisclosure(false);
  useEffect(() => {
    ask<BoardOwner[]>('GET', '/wallboards')
      .then(setOwners)
      .catch((error: unknown) => setFailure(tellFailure(error, say)));
  }, [say]);
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(parameters);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: true });
  };
  if (failure !== undefined) {
    return (
      <Alert color="red" m="md" role="alert" variant="outline">
        {failure}
      </Alert>
    );
  }
  const chosen = owners?.find(({ id }) => id === Number(parameters.get('organization'))) ?? owners?.[0];
  if (!chosen) return null;
  const isTv = parameters.has('tv');
  const names = chosen.maySeeNames && parameters.has('names');
  const login: LiveLogin = { organizationId: chosen.id, show: 'wallboard', names };
  return (
    <>
      <Board
        login={login}
        isTv={isTv}
        refused={<Refused />}
        actions={
          <>
            {owners && owners.length > 1 && !isTv && (
              <Select
                size="xs"
                aria-label={say('board.organization')}
                data={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
                value={String(chosen.id)}
                onChange={(id) => set('organization', id ?? undefined)}
                allowDeselect={false}
              />
            )}
            {chosen.maySeeNames && !isTv && (
              <Button
                size="compact-md"
                variant={names ? 'filled' : 'default'}
                aria-pressed={names}
                onClick={() => set('names', names ? undefined : '1')}
              >
                {say('board.names')}
              </Button>
            )}
            {chosen.mayEdit && !isTv && (
              <Button size="compact-md" variant="default" onClick={settings.open}>
                {say('board.settings')}
              </Button>
            )}
            <Button
              size="compact-md"
              variant="default"
              onClick={() => {
                void toggleFullScreen(!isTv);
                set('tv', isTv ? undefined : '1');
              }}
            >
              {say(isTv ? 'board.tvLeave' : 'board.tv')}
            </Button>
          </>
        }
      />
      {areSettingsOpen && <SettingsDrawer organizationId={chosen.id} onClose={settings.close} />}
    </>
  );
}

/** Who is not in any more comes to the login; who still is may have lost the right to this board. */
function Refused() {
  const { say } = useText();
  const { reload } = useMe();
  useEffect(() => void reload(), [reload]);
  return (
    <Center h="50vh">
      <Button onClick={() => void reload()}>{say('board.refused')}</Button>
    </Center>
  );
}

/** Where a browser does not allow it, or does not know it, the board fills its window. */
async function toggleFullScreen(on: boolean): Promise<void> {
  try {
    await (on ? document.documentElement.requestFullscreen() : document.exitFullscreen());
  } catch {
    // It stays as it is.
  }
}
