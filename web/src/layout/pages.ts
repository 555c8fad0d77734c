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

const PeoplePage = lazy(async () => ({ default: (await import('../people/list-page')).PeoplePage }));
const PersonPage = lazy(async () => ({ default: (await import('../people/person-page')).PersonPage }));
const NewPersonPage = lazy(async () => ({ default: (await import('../people/new-page')).NewPersonPage }));
const ImportPage = lazy(async () => ({ default: (await import('../people/import-page')).ImportPage }));

/** The pages of the console in the order of the menu. */
export const menu: readonly MenuGroup[] = [
  {
    title: 'nav.checkIns',
    pages: [
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
];

export const pages: readonly Page[] = menu.flatMap((group) => group.pages);

/** Where each role starts: the page that says what they must do now. Whoever has none, or may not see it, starts with the first they may see. */
export const startOf: Readonly<Partial<Record<Role, string>>> = {};
