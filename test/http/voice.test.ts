import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VoiceFolder } from '../../src/voice/voice-folder.js';
import { readVoiceKey } from '../../src/voice/voice-key.js';
import { answeredAt } from '../support/consultation-builders.js';
import { serveConsultations, type ConsultationsServer } from '../support/consultations-server.js';

const sound = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(300_000, 7)]);

describe('recordings over HTTP', () => {
  let served: ConsultationsServer;
  let voiceId: number;
  let place: string;

  beforeEach(async () => {
    served = await serveConsultations();
    const { database, desk, folder } = served;
    const [id = 0]: number[] = await database('voice_files').insert({
      pbx_id: 'pbx1',
      call_id: 'a.1',
      line_id: desk.lineId,
      kind: 'recording',
      spool_file: '',
      created_at: answeredAt.getTime(),
      delete_at: answeredAt.getTime() + 1,
    });
    voiceId = id;
    const plain = join(folder, 'plain.wav');
    writeFileSync(plain, sound);
    const key = readVoiceKey('ab'.repeat(32));
    assert.ok(key);
    const voiceFolder = new VoiceFolder(folder);
    place = voiceFolder.placeFor(id, answeredAt);
    const seconds = await voiceFolder.keep(plain, place, key);
    await served.parts.voices.markKept(id, place, seconds);
  });
  afterEach(() => served.close());

  const listen = (body: object = { by: served.desk.counsellorId, reason: '折り返しの確認' }) =>
    served.ask('POST', `/voice/${voiceId}/listen`, body);
  const listenings = async () => (await served.ask('GET', `/voice/${voiceId}/listenings`)).list;

  it('are played, and who heard them and why is written down', async () => {
    const { status, headers, bytes } = await listen();
    assert.deepEqual([status, headers.get('content-type')], [200, 'audio/wav']);
    assert.ok(bytes.equals(sound));
    assert.deepEqual(await listenings(), [
      {
        counsellorId: served.desk.counsellorId,
        counsellorName: '相談 員子',
        reason: '折り返しの確認',
        at: answeredAt.toISOString(),
      },
    ]);
  });

  it('are not played without a reason, or to somebody from elsewhere', async () => {
    const by = served.desk.counsellorId;
    for (const [body, field] of [
      [{ by }, 'reason'],
      [{ by, reason: '  ' }, 'reason'],
      [{ by, reason: 'あ'.repeat(301) }, 'reason'],
    ] as const) {
      const { status, message } = await listen(body);
      assert.deepEqual([status, message.split(':')[0]], [400, field]);
    }
    assert.equal((await listen({ by: served.other.counsellorId, reason: 'a' })).status, 403);
    assert.deepEqual(await listenings(), []);
    assert.equal((await served.ask('GET', `/voice/${voiceId}/listen`)).status, 404);
  });

  it('are played to those who supervise; messages to every counsellor', async () => {
    const cookie = await served.logIn(served.desk, 'counsellor');
    const ask = async (path: string) =>
      (await served.ask('POST', `${path}/${voiceId}/listen`, { reason: '折り返し' }, { cookie })).status;
    assert.deepEqual([await ask('/voice'), await ask('/messages')], [403, 404]);
    await served.database('voice_files').where({ id: voiceId }).update({ kind: 'message' });
    assert.deepEqual([await ask('/voice'), await ask('/messages')], [403, 200]);
    const looks = await served.database('access_log').where({ what: 'looked', subject: 'message' });
    assert.equal(looks.length, 1);
  });

  it('of another organization are not there', async () => {
    const theirs = `/api/organizations/${served.other.organizationId}/voice`;
    const body = { by: served.other.counsellorId, reason: 'a' };
    assert.equal((await served.askAt('POST', `${theirs}/${voiceId}/listen`, body)).status, 404);
    assert.equal((await served.askAt('GET', `${theirs}/${voiceId}/listenings`)).status, 404);
    assert.deepEqual((await served.askAt('GET', `${theirs}?pbxId=pbx1&callId=a.1`)).json, []);
    assert.deepEqual(await listenings(), []);
  });

  it('are found by their call, and where they lie is not told', async () => {
    const { list } = await served.ask('GET', '/voice?pbxId=pbx1&callId=a.1');
    assert.deepEqual([list.length, list[0]?.id, list[0]?.state], [1, voiceId, 'kept']);
    assert.doesNotMatch(JSON.stringify(list), /gkv/);
    assert.equal((await served.ask('GET', '/voice?pbxId=pbx1')).status, 400);
  });

  it('that were tampered with are not played, and nobody heard them', async () => {
    const path = join(served.folder, 'voice', place);
    const bytes = readFileSync(path);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const { status, message } = await listen();
    assert.deepEqual(
      [status, message],
      [500, 'この録音は再生できません（ファイルが書き換えられています）。'],
    );
    rmSync(path);
    assert.match((await listen()).message, /ファイルがありません/);
    assert.deepEqual(await listenings(), []);
  });

  for (const [state, status, code] of [
    ['deleted', 410, 'deleted'],
    ['lost', 410, 'lost'],
    ['spooled', 409, 'notTakenIn'],
  ] as const) {
    it(`that are ${state} say so`, async () => {
      await served.database('voice_files').where({ id: voiceId }).update({ state, stored_file: null });
      const answer = await listen();
      assert.deepEqual([answer.status, answer.json.error.code], [status, code]);
    });
  }
});
