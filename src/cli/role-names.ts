import type { Role } from '../users/permissions.js';

/** What the roles are called at a terminal. */
export const roleNames: Readonly<Record<Role, string>> = {
  operator: '運営',
  tenantAdmin: '導入団体の管理者',
  station: '見守りステーション',
  counsellor: '相談員',
  supervisor: '責任者',
  auditor: '監査',
};
