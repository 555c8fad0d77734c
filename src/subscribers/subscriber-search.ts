import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import { narrow } from './narrow-text.js';
import { readPeople } from './person-rows-store.js';
import type { SubscriberIndex } from './subscriber-index.js';

export interface SearchWish {
  /** A name, kana, member number or telephone number, or part of one; empty: everybody. */
  text: string;
  /** Only people of these; undefined: of all. */
  stationIds?: readonly number[] | undefined;
  limit: number;
  includeWithdrawn: boolean;
}

export interface SearchHit {
  subscriberId: number;
  stationId: number;
  memberNumber: string;
  name: string;
  kana: string;
  withdrawn: boolean;
  matched: 'name' | 'kana' | 'memberNumber' | 'number' | 'everybody';
}

export interface SubscriberSearch {
  /** People of an organization, in the order of their kana. */
  search(organizationId: number, wish: SearchWish): Promise<SearchHit[]>;
}

/** Lists by reading everybody of the organization; what is searched for is asked of the index, where there is one. */
export function createSubscriberSearch({
  database,
  codec,
  index,
}: {
  database: Database;
  codec: PersonalDataCodec;
  index?: Pick<SubscriberIndex, 'search'>;
}): SubscriberSearch {
  return {
    async search(organizationId, wish) {
      const { text, stationIds, limit, includeWithdrawn } = wish;
      if (index && text.trim() !== '') {
        const { hits } = await index.search(organizationId, wish);
        return hits.map((hit) => ({ ...hit, matched: hit.matched.field }));
      }
      const people = await readPeople(database, { organization_id: organizationId }, codec);
      const order = new Intl.Collator('ja');
      return people
        .filter(({ stationId }) => stationIds?.includes(stationId) ?? true)
        .filter(({ person }) => includeWithdrawn || person.withdrawnOn === undefined)
        .flatMap(({ subscriberId, stationId, person }) => {
          const matched = whatMatches(person, text);
          if (!matched) return [];
          const { memberNumber, name, kana = '', withdrawnOn } = person;
          return [
            {
              ...{ subscriberId, stationId, memberNumber, name, kana, matched },
              withdrawn: withdrawnOn !== undefined,
            },
          ];
        })
        .sort((one, other) => order.compare(one.kana || one.name, other.kana || other.name))
        .slice(0, limit);
    },
  };
}

/** Spaces and the kind of kana do not count in a name; of numbers, three digits in a row are enough. */
export function whatMatches(person: ImportedSubscriber, text: string): SearchHit['matched'] | undefined {
  const wanted = fold(text);
  if (wanted === '') return 'everybody';
  const digits = narrow(text).replace(/[\s()-]/g, '');
  if (/^\d{3,}$/.test(digits) && person.phones.some(({ number }) => number.includes(digits))) return 'number';
  if (fold(person.memberNumber).includes(wanted)) return 'memberNumber';
  if (fold(person.name).includes(wanted)) return 'name';
  return fold(person.kana ?? '').includes(wanted) ? 'kana' : undefined;
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\s/g, '')
    .toLowerCase();
}
