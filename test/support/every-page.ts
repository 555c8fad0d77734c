import type { Role } from '../../src/users/permissions.js';
import type { MonthIds } from './month-town.js';

/** A page of the console: who works with it, and where its picture lies below docs/images. */
export interface PageToSee {
  /** As web/src/layout/pages.ts has it. */
  path: string;
  /** The picture's name without `-wide.png` and `-narrow.png`. */
  picture: string;
  as: Role;
  /** What the `:id` in the path stands for. */
  id?: keyof MonthIds;
}

/** Every page, shown and hidden; a test tells when one is missing here. */
export const everyPage: readonly PageToSee[] = [
  { path: '/today', picture: 'today', as: 'station' },
  { path: '/alerts', picture: 'alerts', as: 'station' },
  { path: '/alerts/:id', picture: 'alert', as: 'station', id: 'alert' },
  { path: '/wallboard', picture: 'wallboard', as: 'tenantAdmin' },
  { path: '/subscribers', picture: 'subscribers', as: 'station' },
  { path: '/subscribers/new', picture: 'subscriber-new', as: 'station' },
  { path: '/subscribers/import', picture: 'subscribers-import', as: 'tenantAdmin' },
  { path: '/subscribers/:id', picture: 'subscriber', as: 'station', id: 'subscriber' },
  { path: '/desk', picture: 'desk', as: 'counsellor' },
  { path: '/supervise', picture: 'supervise', as: 'supervisor' },
  { path: '/cards', picture: 'cards', as: 'counsellor' },
  { path: '/cards/:id', picture: 'card', as: 'counsellor', id: 'card' },
  { path: '/cases/:id', picture: 'case', as: 'counsellor', id: 'case' },
  { path: '/tasks', picture: 'tasks', as: 'counsellor' },
  { path: '/messages', picture: 'messages', as: 'counsellor' },
  { path: '/destinations', picture: 'destinations', as: 'counsellor' },
  { path: '/figures', picture: 'figures', as: 'tenantAdmin' },
  { path: '/tenants', picture: 'tenants', as: 'operator' },
  { path: '/stations', picture: 'stations', as: 'tenantAdmin' },
  { path: '/hours', picture: 'hours', as: 'tenantAdmin' },
  { path: '/card-design', picture: 'card-design', as: 'tenantAdmin' },
  { path: '/users', picture: 'users', as: 'tenantAdmin' },
  { path: '/trunk', picture: 'trunk', as: 'operator' },
  { path: '/health', picture: 'health', as: 'operator' },
  { path: '/retention', picture: 'retention', as: 'tenantAdmin' },
  { path: '/audit', picture: 'audit', as: 'auditor' },
  { path: '/account', picture: 'account', as: 'station' },
];

/** Where a browser goes to see it. */
export function addressOf({ path, id }: PageToSee, ids: MonthIds): string {
  return id ? path.replace(':id', String(ids[id])) : path;
}
