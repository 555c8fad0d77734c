import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { VoiceFileStore } from '../../src/voice/voice-file-store.js';
import { VoiceFolder } from '../../src/voice/voice-folder.js';
import { VoiceKeeper } from '../../src/voice/voice-keeper.js';
import { readVoiceKey, type VoiceKey } from '../../src/voice/voice-key.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedDesk, type SeededDesk } from '../support/consultation-builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const endedAt = new Date('2026-11-24T01:00:00Z');
const now = new Date('2026-11-24T01:05:00Z');
const sound = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.alloc(40, 1),
  Buffer.from('the voice of a person'.repeat(900)),
]);
const key = readVoiceKey('ab'.repeat(32));

describe('the keeper of recordings', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = makeTemporaryFolder('keeper')));
  afterEach(() => folder.remove());

  onBothDatabases((open) => {
    async function seeded() {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const files = new VoiceFileStore({ database, codec });
      const alerts = new AlertStore(database);
      const keeper = (voiceKey: VoiceKey | undefined, at = now, voiceFolder = new VoiceFolder(folder.path)) =>
        new VoiceKeeper({
          pbxId: 'pbx1',
          files,
          folder: voiceFolder,
          key: voiceKey,
          alerts,
          clock: () => at,
          log: createLog('silent'),
        });
      return { database, desk, files, alerts, keeper };
    }

    it('seals a recording below its month, and leaves no plain byte on the disk', async () => {
      const { database, desk, files, keeper } = await seeded();
      const { id, spoolFile } = await record(database, desk, folder.path, 'a.1');
      await keeper(key).look();
      const file = await files.find(desk.organizationId, id);
      assert.deepEqual([file?.state, file?.place], ['kept', `2026/11/${id}.gkv`]);
      assert.ok(!existsSync(spoolFile));
      for (const path of filesBelow(folder.path))
        assert.ok(!readFileSync(path).includes('the voice of a person'), path);
      assert.ok(key);
      const opened = await new VoiceFolder(folder.path).open(file?.place ?? '', key);
      assert.ok((await buffer(opened.sound())).equals(sound));
    });

    it('lets a recording alone while its call goes on', async () => {
      const { database, desk, files, keeper } = await seeded();
      const { id, spoolFile } = await record(database, desk, folder.path, 'a.1', { endedAt: null });
      await keeper(key).look();
      assert.equal((await files.find(desk.organizationId, id))?.state, 'spooled');
      assert.ok(existsSync(spoolFile));
    });

    it('does all again, and loses nothing, whatever broke off', async () => {
      const { database, desk, files, keeper } = await seeded();
      const { id, spoolFile } = await record(database, desk, folder.path, 'a.1');
      // Sealed, and killed before the row knew of it.
      assert.ok(key);
      await new VoiceFolder(folder.path).keep(spoolFile, `2026/11/${id}.gkv`, key);
      await keeper(key).look();
      assert.equal((await files.find(desk.organizationId, id))?.state, 'kept');
      // Kept, and killed before the plain file was gone.
      writeFileSync(spoolFile, sound);
      await database('voice_files').where({ id }).update({ spool_file: spoolFile });
      await keeper(key).look();
      assert.ok(!existsSync(spoolFile));
    });

    it('tells the operator of a recording that is lost, once, and follows no link', async () => {
      const { database, desk, files, alerts, keeper } = await seeded();
      const gone = await record(database, desk, folder.path, 'a.1', { write: false });
      const linked = await record(database, desk, folder.path, 'b.1', { write: false });
      const secret = join(folder.path, 'secret.wav');
      writeFileSync(secret, 'not ours');
      symlinkSync(secret, linked.spoolFile);
      const one = keeper(key);
      await one.look();
      await one.look();
      for (const { id } of [gone, linked])
        assert.equal((await files.find(desk.organizationId, id))?.state, 'lost');
      assert.deepEqual(
        (await alerts.findOpen()).map(({ reason }) => reason),
        ['voiceLost', 'voiceLost'],
      );
      assert.ok(existsSync(secret));
    });

    it('says so while it has no key, and takes everything in when it has one', async () => {
      const { database, desk, files, alerts, keeper } = await seeded();
      const { id, spoolFile } = await record(database, desk, folder.path, 'a.1');
      const without = keeper(undefined);
      await without.look();
      assert.equal(without.health().ok, false);
      assert.ok(existsSync(spoolFile));
      assert.deepEqual(
        (await alerts.findOpen()).map(({ reason }) => reason),
        ['voiceNotTakenIn'],
      );
      const having = keeper(key);
      await having.look();
      assert.deepEqual(having.health(), { ok: true });
      assert.equal((await files.find(desk.organizationId, id))?.state, 'kept');
      assert.deepEqual(await alerts.findOpen(), []);
    });

    it('is not well while a recording cannot be stored, and tries again', async () => {
      const { database, desk, files, keeper } = await seeded();
      const bad = await record(database, desk, folder.path, 'a.1');
      const good = await record(database, desk, folder.path, 'b.1');
      class FullDisk extends VoiceFolder {
        full = true;
        override async keep(
          spoolFile: string,
          place: string,
          voiceKey: VoiceKey,
        ): Promise<number | undefined> {
          if (this.full && spoolFile === bad.spoolFile) throw new Error('ENOSPC');
          return super.keep(spoolFile, place, voiceKey);
        }
      }
      const disk = new FullDisk(folder.path);
      const one = keeper(key, now, disk);
      await one.look();
      assert.equal(one.health().ok, false);
      assert.equal((await files.find(desk.organizationId, good.id))?.state, 'kept');
      disk.full = false;
      await one.look();
      assert.equal(one.health().ok, true);
      assert.equal((await files.find(desk.organizationId, bad.id))?.state, 'kept');
    });

    it('deletes what is due, in the spool too, and writes down that it did', async () => {
      const { database, desk, files, keeper } = await seeded();
      const kept = await record(database, desk, folder.path, 'a.1');
      await keeper(key).look();
      const spooled = await record(database, desk, folder.path, 'b.1');
      const later = new Date(now.getTime() + 91 * 86_400_000);
      await keeper(undefined, later).look();
      for (const { id } of [kept, spooled]) {
        const file = await files.find(desk.organizationId, id);
        assert.deepEqual([file?.state, file?.place], ['deleted', undefined]);
      }
      assert.deepEqual(filesBelow(folder.path), []);
      const log = await database('voice_deletions').orderBy('id').select<{ what: string }[]>('what');
      assert.deepEqual(
        log.map(({ what }) => what),
        ['kept', 'spooled'],
      );
    });

    it('looks after its own exchange only', async () => {
      const { database, desk, files, keeper } = await seeded();
      const { id } = await record(database, desk, folder.path, 'a.1', { pbxId: 'pbx2' });
      await keeper(key).look();
      assert.equal((await files.find(desk.organizationId, id))?.state, 'spooled');
    });
  });
});

/** A call that is over, with its recording in the spool. */
async function record(
  database: Database,
  desk: SeededDesk,
  path: string,
  callId: string,
  {
    write = true,
    endedAt: end = endedAt,
    pbxId = 'pbx1',
  }: { write?: boolean; endedAt?: Date | null; pbxId?: string } = {},
): Promise<{ id: number; spoolFile: string }> {
  const spoolFile = join(path, 'spool', `${callId}.wav`);
  mkdirSync(join(path, 'spool'), { recursive: true });
  if (write) {
    writeFileSync(spoolFile, sound);
    utimesSync(spoolFile, endedAt, endedAt);
  }
  const createdAt = endedAt.getTime() - 60_000;
  await database('hotline_calls').insert({
    pbx_id: pbxId,
    call_id: callId,
    line_id: desk.lineId,
    direction: 'incoming',
    number: '',
    number_lookup: '',
    stage: 'talk',
    arrived_at: createdAt,
    ended_at: end?.getTime() ?? null,
  });
  const [id = 0]: number[] = await database('voice_files').insert({
    pbx_id: pbxId,
    call_id: callId,
    line_id: desk.lineId,
    kind: 'recording',
    spool_file: spoolFile,
    created_at: createdAt,
    delete_at: createdAt + 90 * 86_400_000,
  });
  return { id, spoolFile };
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
