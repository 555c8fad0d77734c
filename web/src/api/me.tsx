import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Permission, Role } from '../../../src/users/permissions';
import type { SessionStage } from '../../../src/users/session-life';
import { ApiFailure, ask } from './client';

/** Who is logged in, and what they may do. */
export interface Me {
  user: { id: number; name: string; role: Role; hasTotp: boolean };
  organization?: { id: number; name: string; timeZone: string };
  stage: SessionStage;
  permissions: Permission[];
}

export type MeState =
  | { kind: 'loading' }
  /** `wasIn`: the login has ended under an open page. */
  | { kind: 'stranger'; wasIn?: boolean }
  | { kind: 'failed'; error: unknown }
  | { kind: 'in'; me: Me };

interface Session {
  state: MeState;
  /** Asks anew who is in. */
  reload: () => Promise<void>;
  leave: () => Promise<void>;
  may: (permission: Permission) => boolean;
}

const Context = createContext<Session | undefined>(undefined);

export function MeProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<MeState>({ kind: 'loading' });
  const reload = useCallback(async () => {
    const now = await whoAmI();
    setState((before) =>
      now.kind === 'stranger' && before.kind === 'in' ? { kind: 'stranger', wasIn: true } : now,
    );
  }, []);
  useEffect(() => {
    void whoAmI().then(setState);
  }, []);
  const leave = useCallback(async () => {
    await ask('POST', '/logout').catch(() => undefined);
    setState(await whoAmI());
  }, []);
  const session = useMemo<Session>(() => {
    const may = (permission: Permission): boolean =>
      state.kind === 'in' && state.me.stage === 'full' && state.me.permissions.includes(permission);
    return { state, reload, leave, may };
  }, [state, reload, leave]);
  return <Context value={session}>{children}</Context>;
}

async function whoAmI(): Promise<MeState> {
  try {
    return { kind: 'in', me: await ask<Me>('GET', '/me') };
  } catch (error) {
    const isStranger = error instanceof ApiFailure && error.status === 401;
    return isStranger ? { kind: 'stranger' } : { kind: 'failed', error };
  }
}

export function useMe(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('nobody here: MeProvider is missing');
  return session;
}

/** The zone of the tenant's people; the operator, who has none, reads the times of Japan. */
export function useZone(): string {
  const { state } = useMe();
  return (state.kind === 'in' ? state.me.organization?.timeZone : undefined) ?? 'Asia/Tokyo';
}
