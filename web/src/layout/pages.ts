import { lazy, type ComponentType } from 'react';
import type { Permission, Role } from '../../../src/users/permissions';
import type { TextKey } from '../text/dictionary';

export interface Page {
  /** As the router takes it: `/subscribers/:id`. */
  path: string;
  title: TextKey;
  /** Who lacks it neither sees the page nor its place in the menu; left out: everybody who is in has it. */
  permission?: Permission;
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

const FiguresPage = lazy(async () => ({ default: (await import('../figures/figures-page')).FiguresPage }));

const AccountPage = lazy(async () => ({ default: (await import('../account/account-page')).AccountPage }));
const AuditPage = lazy(async () => ({ default: (await import('../admin/audit-page')).AuditPage }));
const HealthPage = lazy(async () => ({ default: (await import('../admin/health-page')).HealthPage }));
const RetentionPage = lazy(async () => ({
  default: (await import('../admin/retention-page')).RetentionPage,
}));
const HoursPage = lazy(async () => ({ default: (await import('../admin/hours-page')).HoursPage }));
const StationsPage = lazy(async () => ({ default: (await import('../admin/stations-page')).StationsPage }));
const TenantsPage = lazy(async () => ({ default: (await import('../admin/tenants-page')).TenantsPage }));
const TrunkPage = lazy(async () => ({ default: (await import('../admin/trunk-page')).TrunkPage }));
const UsersPage = lazy(async () => ({ default: (await import('../admin/users-page')).UsersPage }));

const TodayPage = lazy(async () => ({ default: (await import('../desk/today-page')).TodayPage }));
const AlertsPage = lazy(async () => ({ default: (await import('../desk/alerts-page')).AlertsPage }));
const AlertPage = lazy(async () => ({ default: (await import('../desk/alert-page')).AlertPage }));

const DeskPage = lazy(async () => ({ default: (await import('../hotdesk/desk-page')).DeskPage }));
const CardsPage = lazy(async () => ({ default: (await import('../hotdesk/cards-page')).CardsPage }));
const CardDesignPage = lazy(async () => ({
  default: (await import('../admin/card-design-page')).CardDesignPage,
}));
const CardPage = lazy(async () => ({ default: (await import('../hotdesk/card-page')).CardPage }));
const CasePage = lazy(async () => ({ default: (await import('../hotdesk/case-page')).CasePage }));
const TasksPage = lazy(async () => ({ default: (await import('../hotdesk/tasks-page')).TasksPage }));
const MessagesPage = lazy(async () => ({ default: (await import('../hotdesk/messages-page')).MessagesPage }));
const DestinationsPage = lazy(async () => ({
  default: (await import('../hotdesk/destinations-page')).DestinationsPage,
}));
const SupervisePage = lazy(async () => ({
  default: (await import('../hotdesk/supervise-page')).SupervisePage,
}));

const PeoplePage = lazy(async () => ({ default: (await import('../people/list-page')).PeoplePage }));
const PersonPage = lazy(async () => ({ default: (await import('../people/person-page')).PersonPage }));
const NewPersonPage = lazy(async () => ({ default: (await import('../people/new-page')).NewPersonPage }));
const ImportPage = lazy(async () => ({ default: (await import('../people/import-page')).ImportPage }));

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
      { path: '/subscribers', title: 'people.title', permission: 'subscriber.see', component: PeoplePage },
      {
        path: '/subscribers/new',
        title: 'people.new',
        permission: 'subscriber.edit',
        component: NewPersonPage,
        hidden: true,
      },
      {
        path: '/subscribers/import',
        title: 'people.import',
        permission: 'subscriber.import',
        component: ImportPage,
        hidden: true,
      },
      {
        path: '/subscribers/:id',
        title: 'people.one',
        permission: 'subscriber.see',
        component: PersonPage,
        hidden: true,
      },
    ],
  },
  {
    title: 'nav.hotline',
    pages: [
      { path: '/desk', title: 'nav.desk', permission: 'task.handle', component: DeskPage },
      { path: '/supervise', title: 'nav.supervise', permission: 'hotline.manage', component: SupervisePage },
      { path: '/cards', title: 'nav.cards', permission: 'card.see', component: CardsPage },
      { path: '/cards/:id', title: 'nav.cards', permission: 'card.see', component: CardPage, hidden: true },
      { path: '/cases/:id', title: 'case.title', permission: 'card.edit', component: CasePage, hidden: true },
      { path: '/tasks', title: 'nav.tasks', permission: 'task.handle', component: TasksPage },
      { path: '/messages', title: 'nav.messages', permission: 'message.play', component: MessagesPage },
      {
        path: '/destinations',
        title: 'nav.destinations',
        permission: 'card.see',
        component: DestinationsPage,
      },
    ],
  },
  {
    title: 'nav.figures',
    pages: [{ path: '/figures', title: 'figures.title', permission: 'figures.see', component: FiguresPage }],
  },
  {
    title: 'nav.admin',
    pages: [
      { path: '/tenants', title: 'tenants.title', permission: 'service.see', component: TenantsPage },
      { path: '/stations', title: 'stations.title', permission: 'settings.see', component: StationsPage },
      { path: '/hours', title: 'hours.title', permission: 'hours.see', component: HoursPage },
      {
        path: '/card-design',
        title: 'design.title',
        permission: 'cardDesign.see',
        component: CardDesignPage,
      },
      { path: '/users', title: 'users.title', permission: 'user.see', component: UsersPage },
      { path: '/trunk', title: 'trunk.title', permission: 'trunk.see', component: TrunkPage },
      { path: '/health', title: 'health.title', permission: 'health.see', component: HealthPage },
      { path: '/retention', title: 'retention.title', permission: 'retention.see', component: RetentionPage },
      { path: '/audit', title: 'audit.title', permission: 'audit.see', component: AuditPage },
      { path: '/account', title: 'account.title', component: AccountPage },
    ],
  },
];

export const pages: readonly Page[] = menu.flatMap((group) => group.pages);

/** Where each role starts: the page that says what they must do now. Whoever has none, or may not see it, starts with the first they may see. */
export const startOf: Readonly<Partial<Record<Role, string>>> = {
  operator: '/tenants',
  tenantAdmin: '/alerts',
  station: '/today',
  counsellor: '/desk',
  supervisor: '/supervise',
  auditor: '/audit',
};
