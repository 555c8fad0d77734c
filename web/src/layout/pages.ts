import { lazy, type ComponentType } from 'react';
import type { Permission, Role } from '../../../src/users/permissions';
import type { TextKey } from '../text/dictionary';

export interface Page {
  /** As the router takes it: `/subscribers/:id`. */
  path: string;
  title: TextKey;
  /** Who lacks it neither sees the page nor its place in the menu. */
  permission: Permission;
  /** Fetched when somebody first goes there. */
  component: ComponentType;
  /** A page that is reached from another one, and stands in no menu. */
  hidden?: true;
}

export interface MenuGroup {
  title: TextKey;
  pages: readonly Page[];
}

const WallboardPage = lazy(async () => ({
  default: (await import('../wallboard/wallboard-page')).WallboardPage,
}));

const TodayPage = lazy(async () => ({ default: (await import('../desk/today-page')).TodayPage }));
const AlertsPage = lazy(async () => ({ default: (await import('../desk/alerts-page')).AlertsPage }));
const AlertPage = lazy(async () => ({ default: (await import('../desk/alert-page')).AlertPage }));

/** The pages of the console in the order of the menu. */
export const menu: readonly MenuGroup[] = [
  {
    title: 'nav.checkIns',
    pages: [
      { path: '/today', title: 'nav.today', permission: 'ledger.see', component: TodayPage },
      { path: '/alerts', title: 'nav.alerts', permission: 'alert.see', component: AlertsPage },
      {
        path: '/alerts/:id',
        title: 'nav.alert',
        permission: 'alert.see',
        component: AlertPage,
        hidden: true,
      },
      { path: '/wallboard', title: 'nav.wallboard', permission: 'wallboard.see', component: WallboardPage },
    ],
  },
];

export const pages: readonly Page[] = menu.flatMap((group) => group.pages);

/** Where each role starts: the page that says what they must do now. Whoever has none, or may not see it, starts with the first they may see. */
export const startOf: Readonly<Partial<Record<Role, string>>> = {
  tenantAdmin: '/alerts',
  station: '/today',
};
