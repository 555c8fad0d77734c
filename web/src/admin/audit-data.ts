import type { AccessKind } from '../../../src/users/access-log-store';
import type { ChangedField } from '../../../src/users/change-log';
import type { Role } from '../../../src/users/permissions';

/** An entry of the log as the service answers it. */
export interface AuditRow {
  id: number;
  at: string;
  userName?: string;
  userRole?: Role;
  what: AccessKind;
  detail: string;
  subject?: string;
  subjectId?: number;
  reason?: string;
  address?: string;
  changes?: ChangedField[];
}

export const accessKindNames: readonly AccessKind[] = [
  'login',
  'loginRefused',
  'loginLocked',
  'logout',
  'rightRefused',
  'looked',
  'changed',
];
