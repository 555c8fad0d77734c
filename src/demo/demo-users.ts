import { OrganizationStore } from '../organizations/organization-store.js';
import type { Database } from '../storage/database.js';
import { roles, type Role } from '../users/permissions.js';
import type { NewUser } from '../users/user-store.js';
import type { UsersModule } from '../users/users-module.js';
import { quickExtensions, supervisingExtension } from './demo-hotline-data.js';

/** Somebody who can come in by a link. */
export interface DemoUser {
  id: number;
  role: Role;
}

const names: Readonly<Record<Role, string>> = {
  operator: '運営 太郎',
  tenantAdmin: '管理 花子',
  station: '見守 和子',
  counsellor: '相談 一郎',
  supervisor: '相談 四季',
  auditor: '監査 誠',
};

/**
 * Gives the demo one user of each role, without a password: whom it has already stays as it is.
 *
 * @param users of a service that takes login links
 */
export async function addDemoUsers(
  users: Pick<UsersModule, 'users' | 'clock'>,
  database: Database,
  organizationId: number,
): Promise<DemoUser[]> {
  const stations = await new OrganizationStore(database).stations();
  const own = stations.find((station) => station.organizationId === organizationId);
  const extensions: Partial<Record<Role, string>> = {
    counsellor: quickExtensions[0],
    supervisor: supervisingExtension,
  };
  const added: DemoUser[] = [];
  for (const role of roles) {
    const extension = extensions[role];
    const wanted: NewUser = {
      role,
      name: names[role],
      mail: `${role}@demo.invalid`,
      organizationId: role === 'operator' ? undefined : organizationId,
      stationIds: role === 'station' && own ? [own.id] : [],
      counsellorId: extension === undefined ? undefined : await users.users.counsellorAt(extension),
    };
    added.push({ id: await addUser(users, database, wanted), role });
  }
  return added;
}

async function addUser(
  { users, clock }: Pick<UsersModule, 'users' | 'clock'>,
  database: Database,
  wanted: NewUser,
): Promise<number> {
  const known = await users.findByMail(wanted.mail);
  if (known) return known.id;
  return database.transaction(async (trx) => {
    const id = await users.add(trx, wanted, clock());
    if (id === undefined) throw new Error('somebody else adds the users of the demo');
    await users.setState(trx, id, ['invited'], 'active');
    return id;
  });
}
