import type { Role } from '../../../src/users/permissions';
import type { UserState } from '../../../src/users/user-store';

/** What the service answers about accounts. */
export interface UserRow {
  id: number;
  organizationId?: number;
  role: Role;
  name: string;
  mail: string;
  state: UserState;
  /** Of what can be edited. */
  version: string;
  stationIds: number[];
  counsellorId?: number;
  hasTotp: boolean;
  lastLoginAt?: string;
}

export interface Invitation {
  userId: number;
  expiresAt: string;
  mail?: 'waiting' | 'failing' | 'sent' | 'refused' | 'expired';
}

export interface Places {
  stations: { id: number; name: string }[];
  counsellors: { id: number; name: string; extension: string; hasAccount: boolean }[];
}
