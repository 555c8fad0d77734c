import { needsSecondFactor, type Role } from './permissions.js';

/** How far somebody has come in: all the way, up to the second factor, or up to setting one up. */
export type SessionStage = 'full' | 'totp' | 'totpSetup';

export interface SessionLimits {
  /** Without a request for so long, it ends. */
  idleMinutes: number;
  /** So long after coming in it ends, whatever was done. */
  hours: number;
}

/** Half-way in is a state of minutes, not of a working day. */
const halfwayMinutes = { totp: 5, totpSetup: 30 };

/** Where a right password leads. */
export function stageAfterPassword(user: { role: Role; hasTotp: boolean }): SessionStage {
  if (user.hasTotp) return 'totp';
  return needsSecondFactor(user.role) ? 'totpSetup' : 'full';
}

/** When a session that begins now ends at the latest. */
export function endOfSession(stage: SessionStage, now: Date, { hours }: SessionLimits): Date {
  const minutes = stage === 'full' ? hours * 60 : halfwayMinutes[stage];
  return new Date(now.getTime() + minutes * 60_000);
}

export function isLive(
  session: { seenAt: Date; expiresAt: Date },
  now: Date,
  { idleMinutes }: SessionLimits,
): boolean {
  return now < session.expiresAt && now.getTime() < session.seenAt.getTime() + idleMinutes * 60_000;
}
