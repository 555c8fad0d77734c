import { useEffect, useState } from 'react';
import { ask } from '../api/client';
import { timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import { Board } from '../wallboard/board';
import styles from './tv.module.css';

interface NewScreen {
  code: string;
  token: string;
  codeUntil: string;
}

const tokenPlace = 'genkidesu.screen';
const askEveryMs = 2000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** For a television set: a code until it is let in, then the board, after every start. */
export function TvPage() {
  const [token, setToken] = useState(() => localStorage.getItem(tokenPlace) ?? undefined);
  const forget = (): void => {
    localStorage.removeItem(tokenPlace);
    setToken(undefined);
  };
  const keep = (paired: string): void => {
    localStorage.setItem(tokenPlace, paired);
    setToken(paired);
  };
  if (token === undefined) return <Pairing onPaired={keep} />;
  return <Board login={{ screen: token }} isTv refused={<Forget onForget={forget} />} />;
}

/** Taken out at a desk: it starts anew with a code. */
function Forget({ onForget }: { onForget: () => void }) {
  useEffect(onForget, [onForget]);
  return null;
}

function Pairing({ onPaired }: { onPaired: (token: string) => void }) {
  const { say, language } = useText();
  const [screen, setScreen] = useState<NewScreen>();
  useEffect(() => {
    let isOver = false;
    let isLooking = false;
    let mine: NewScreen | undefined;
    const look = async (): Promise<void> => {
      // A slow answer is waited for: a second screen's code would take the place of the one that is being typed.
      if (isLooking) return;
      isLooking = true;
      try {
        mine ??= await ask<NewScreen>('POST', '/screens', {});
        const { state } = await ask<{ state: string }>('POST', '/screens/state', { token: mine.token });
        if (isOver) return;
        if (state === 'paired') onPaired(mine.token);
        setScreen(mine);
        if (state === 'gone') mine = undefined;
      } catch {
        // The service is away: the next look finds it.
      } finally {
        isLooking = false;
      }
    };
    void look();
    const timer = setInterval(() => void look(), askEveryMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
    // Once for each time that the code is on the screen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <main className={styles.pairing}>
      <h1>{say('tv.title')}</h1>
      {screen ? (
        <>
          <p className={styles.code} data-testid="code">
            {screen.code.slice(0, 4)} {screen.code.slice(4)}
          </p>
          <p>{say('tv.hint')}</p>
          <p>{say('tv.until', { time: timeOfDay(new Date(screen.codeUntil), zone, language) })}</p>
        </>
      ) : (
        <p role="status">{say('board.waiting')}</p>
      )}
    </main>
  );
}
