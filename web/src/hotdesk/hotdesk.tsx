import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { CardOnScreen } from '../../../src/consultations/card-edits';
import type { allChoices } from '../../../src/consultations/choices';
import type { TriageWords } from '../../../src/consultations/triage';
import type { Desk } from '../../../src/hotline/desk-store';
import type { LiveCall } from '../../../src/live/live-events';
import { sessionBack, sessionEnded } from '../api/client';
import { useMe } from '../api/me';
import { useAnswer } from '../kit/use-answer';
import { cardDesk } from './card-desk';
import { NewCallNotice } from './new-call-notice';
import { useMissedCard } from './use-missed-card';
import { useHotline, type LiveHotline } from './use-hotline';

/** The closed lists of cards, with their words. */
export interface CardChoices {
  choices: typeof allChoices;
  /** By list: what is offered no more. */
  retired: Readonly<Record<string, readonly string[]>>;
  triage: Record<string, TriageWords>;
  labels: Record<string, string>;
}

interface Hotdesk {
  live: LiveHotline;
  organizationId: number;
  desk: Desk | undefined;
  choices: CardChoices | undefined;
}

const Context = createContext<Hotdesk | undefined>(undefined);

/** Around the pages of who answers the hotline: whatever they look at, the card of a call they answer opens. */
export function HotdeskProvider({ children }: { children: ReactNode }) {
  const { state, may } = useMe();
  const me = state.kind === 'in' ? state.me : undefined;
  const organizationId = me?.organization?.id;
  if (organizationId === undefined || me === undefined || !may('card.edit')) return children;
  return (
    <OfCounsellors organizationId={organizationId} userId={me.user.id}>
      {children}
    </OfCounsellors>
  );
}

function OfCounsellors({
  organizationId,
  userId,
  children,
}: {
  organizationId: number;
  userId: number;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [again, setAgain] = useState(0);
  const [newCard, setNewCard] = useState<number>();
  const base = `/organizations/${organizationId}`;
  const { answer: desk, reload: reloadDesk } = useAnswer<Desk>(`${base}/desk`);
  const { answer: choices, reload: reloadChoices } = useAnswer<CardChoices>(`${base}/card-choices`);
  // Before the pages below ask anything of the desk.
  useLayoutEffect(() => cardDesk.belongsTo(userId, organizationId), [userId, organizationId]);
  const extension = desk?.own?.extension;
  const show = useCallback(
    (cardId: number): void => {
      if (isTyping()) setNewCard(cardId);
      else void navigate(`/cards/${cardId}`);
    },
    [navigate],
  );
  const onCall = useCallback(
    ({ callId, card, extension: whose }: LiveCall) => {
      if (card === null || whose !== extension) return;
      // What came over the wire is JSON: its moments are text.
      const onScreen = card.card as unknown as CardOnScreen;
      cardDesk.lay(onScreen, card.known, callId);
      show(onScreen.id);
    },
    [extension, show],
  );
  const live = useHotline(organizationId, again, onCall);
  const own = live.picture?.counsellors.find((one) => one.extension === extension);
  useMissedCard(organizationId, own, show);
  useEffect(() => {
    // The card's page is here before the first call is.
    void import('./card-page');
    // What was written before one had to log in anew.
    cardDesk.saveAll();
    const heard = (): void => {
      lastKeyAt = performance.now();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, []);
  const open = useSyncExternalStore(cardDesk.subscribe, cardDesk.all);
  const isLoggedOut = live.isRefused || open.some(({ state: one }) => one === 'loggedOut');
  useEffect(() => {
    // A socket that is refused says no more than that: whether the login has ended is asked where all ask it.
    if (isLoggedOut) window.dispatchEvent(new Event(sessionEnded));
  }, [isLoggedOut]);
  useEffect(() => {
    const cameBack = (): void => {
      setAgain((count) => count + 1);
      cardDesk.saveAll();
      void reloadDesk();
      void reloadChoices();
    };
    window.addEventListener(sessionBack, cameBack);
    return () => window.removeEventListener(sessionBack, cameBack);
  }, [reloadDesk, reloadChoices]);
  const value = useMemo<Hotdesk>(
    () => ({ live, organizationId, desk, choices }),
    [live, organizationId, desk, choices],
  );
  const isElsewhere = newCard !== undefined && pathname !== `/cards/${newCard}`;
  return (
    <Context value={value}>
      {isElsewhere && (
        <NewCallNotice
          onOpen={() => {
            setNewCard(undefined);
            void navigate(`/cards/${newCard}`);
          }}
        />
      )}
      {children}
    </Context>
  );
}

const typingMs = 8000;
let lastKeyAt = -Infinity;

/** Whether somebody is in the middle of writing: their cursor stays where it is. */
function isTyping(): boolean {
  if (performance.now() - lastKeyAt > typingMs) return false;
  const focused = document.activeElement;
  return (
    focused instanceof HTMLTextAreaElement ||
    focused instanceof HTMLSelectElement ||
    (focused instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(focused.type))
  );
}

export function useHotdesk(): Hotdesk {
  const hotdesk = useContext(Context);
  if (!hotdesk) throw new Error('nobody answers here: HotdeskProvider is missing');
  return hotdesk;
}

/** The service's clock, renewed every second. */
export function useServiceClock(): Date {
  const { live } = useHotdesk();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(now.getTime() + live.aheadMs);
}
