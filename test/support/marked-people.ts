import assert from 'node:assert/strict';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { RecordChangeStore } from '../../src/subscribers/record-change-store.js';
import { DraftStore } from '../../src/users/draft-store.js';

/** Gives everybody a contact with a consent, and somebody a form that was begun. */
export async function fillRecords(
  { database, codec }: { database: Database; codec: PersonalDataCodec },
  { word, number, userId }: { word: string; number: string; userId: number },
): Promise<void> {
  const now = new Date('2026-11-24T03:00:00Z');
  const changes = new RecordChangeStore({ database, codec });
  const contact = {
    ...{ name: `${word} 長女`, relationship: `${word}の長女`, number, mail: `${word}@example.jp` },
    ...{ consent: 'all' as const, consentBy: `${word}の民生委員`, keyHolder: true, notes: `${word}の合鍵` },
  };
  const { id, version } = await database('subscribers').first<{ id: number; version: number }>(
    'id',
    'version',
  );
  const done = await changes.changeContacts(id, version, [contact], { userId: undefined, now });
  assert.equal(done.kind, 'changed');
  await new DraftStore({ database, codec }).save(userId, 'person', 'new', { name: word }, now);
}
