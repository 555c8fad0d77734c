import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../src/storage/database.js';
import { VoiceFileStore } from '../../src/voice/voice-file-store.js';
import { VoiceFolder } from '../../src/voice/voice-folder.js';
import { readVoiceKey } from '../../src/voice/voice-key.js';
import { codecOf } from './test-codec.js';

/** Half a second of silence: 8 kHz, mono, 16 bit. */
function silence(): Buffer {
  const bytes = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return Buffer.concat([head, Buffer.alloc(bytes)]);
}

/** A message that a caller has left, sealed as the service seals it, and its task. @returns the task's and the recording's id */
export async function leaveMessage(
  { database, environment }: { database: Database; environment: Record<string, string> },
  {
    organizationId,
    lineId,
    number,
    callId = 'message.1',
    at: now = new Date(),
  }: { organizationId: number; lineId: number; number: string; callId?: string; at?: Date },
): Promise<{ taskId: number; voiceId: number }> {
  const codec = codecOf(environment);
  const call = { pbx_id: environment.PBX_ID ?? '', call_id: callId, line_id: lineId };
  const [taskId = 0]: number[] = await database('hotline_tasks').insert({
    ...{ ...call, organization_id: organizationId, kind: 'message', note: codec.encode('') },
    ...{ number: codec.encode(number), number_lookup: codec.lookup('number', number) },
    ...{ place_at: now.getTime(), due_at: now.getTime() + 3_600_000, created_at: now.getTime() },
  });
  const [voiceId = 0]: number[] = await database('voice_files').insert({
    ...{ ...call, kind: 'message', spool_file: '', created_at: now.getTime() },
    delete_at: now.getTime() + 86_400_000,
  });
  const key = readVoiceKey(environment.VOICE_KEY ?? '');
  const folder = environment.GENKIDESU_DATA ?? '';
  if (!key) throw new Error('there is no key for voices');
  const plain = join(folder, 'message.wav');
  writeFileSync(plain, silence());
  const voiceFolder = new VoiceFolder(folder);
  const place = voiceFolder.placeFor(voiceId, now);
  const seconds = await voiceFolder.keep(plain, place, key);
  await new VoiceFileStore({ database, codec }).markKept(voiceId, place, seconds);
  return { taskId, voiceId };
}
