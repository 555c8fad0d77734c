import { Button, Group, Notification, Stack } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useText } from '../text/text';

interface Notice {
  id: number;
  text: string;
  isFailure: boolean;
  undo: (() => void) | undefined;
}

interface Notices {
  /** Says that something was done, for a while; `undo` takes it back. */
  tell: (text: string, undo?: () => void) => void;
  /** Says what went wrong, until it is closed. */
  warn: (text: string) => void;
}

const seenForMs = 8000;
/** Who needs more time to read needs more time to undo. */
const undoForMs = 20_000;

const Context = createContext<Notices | undefined>(undefined);

/** Short words at the foot of the page about what was just done. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const { say } = useText();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const lastId = useRef(0);
  const close = useCallback((id: number) => setNotices((now) => now.filter((one) => one.id !== id)), []);
  const add = useCallback(
    (notice: Omit<Notice, 'id'>) => {
      const id = ++lastId.current;
      setNotices((now) => [...now.slice(-2), { ...notice, id }]);
      if (!notice.isFailure) setTimeout(() => close(id), notice.undo ? undoForMs : seenForMs);
    },
    [close],
  );
  const value = useMemo<Notices>(
    () => ({
      tell: (text, undo) => add({ text, isFailure: false, undo }),
      warn: (text) => add({ text, isFailure: true, undo: undefined }),
    }),
    [add],
  );
  return (
    <Context.Provider value={value}>
      {children}
      <Stack className="notices" aria-live="polite">
        {notices.map(({ id, text, isFailure, undo }) => (
          <Notification
            key={id}
            withBorder
            color={isFailure ? 'red' : 'genki'}
            role={isFailure ? 'alert' : 'status'}
            onClose={() => close(id)}
            closeButtonProps={{ 'aria-label': say('action.close') }}
          >
            <Group gap="sm">
              <span>{text}</span>
              {undo && (
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => {
                    close(id);
                    undo();
                  }}
                >
                  {say('action.undo')}
                </Button>
              )}
            </Group>
          </Notification>
        ))}
      </Stack>
    </Context.Provider>
  );
}

export function useNotices(): Notices {
  const notices = useContext(Context);
  if (!notices) throw new Error('nowhere to say it: NoticesProvider is missing');
  return notices;
}
