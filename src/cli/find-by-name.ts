import type { Organization, OrganizationStore, Station } from '../organizations/organization-store.js';
import { CommandError } from './with-database.js';

/**
 * The station with this name or id.
 *
 * @throws CommandError when there is none, or several of the name, which it lists
 */
export async function findStation(store: OrganizationStore, wanted: string): Promise<Station> {
  const tenants = new Map((await store.all()).map(({ id, name }) => [id, name]));
  const stations = await store.stations();
  const describe = ({ id, name, organizationId }: Station): string =>
    `${id} (${name}, ${tenants.get(organizationId) ?? organizationId})`;
  return onlyOne('station', stations, wanted, describe);
}

/** @throws CommandError when no tenant has this name or id */
export async function findOrganization(store: OrganizationStore, wanted: string): Promise<Organization> {
  return onlyOne('organization', await store.all(), wanted, ({ id, name }) => `${id} (${name})`);
}

function onlyOne<Item extends { id: number; name: string }>(
  what: string,
  items: readonly Item[],
  wanted: string,
  describe: (item: Item) => string,
): Item {
  const named = items.filter(({ name }) => name === wanted);
  const [found, another] = named.length > 0 ? named : items.filter(({ id }) => String(id) === wanted);
  if (another) {
    throw new CommandError(
      `several ${what}s are called "${wanted}"; give an id: ${named.map(describe).join(', ')}`,
    );
  }
  if (found) return found;
  const known = items.length > 0 ? `there are: ${items.map(describe).join(', ')}` : 'there is none yet';
  throw new CommandError(`no ${what} has the name or id "${wanted}"; ${known}`);
}
