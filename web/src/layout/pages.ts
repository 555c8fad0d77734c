import type { ComponentType } from 'react';
import { WallboardPage } from '../wallboard/wallboard-page';
import type { Permission } from '../../../src/users/permissions';
import type { TextKey } from '../text/dictionary';

export interface Page {
  path: string;
  title: TextKey;
  /** Who lacks it neither sees the page nor its place in the menu. */
  permission: Permission;
  component: ComponentType;
}

/** The pages of the console in the order of the menu; the first that somebody may see is where they start. */
export const pages: readonly Page[] = [
  { path: '/wallboard', title: 'nav.wallboard', permission: 'wallboard.see', component: WallboardPage },
];
