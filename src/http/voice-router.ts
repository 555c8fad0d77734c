import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { id, neededLine } from '../consultations/field-kinds.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { VoiceFile, VoiceFileStore, VoiceKind } from '../voice/voice-file-store.js';
import { isMissing, type VoiceFolder } from '../voice/voice-folder.js';
import { VoiceBoxError, type OpenedVoice } from '../voice/voice-box.js';
import type { VoiceKey } from '../voice/voice-key.js';
import type { Permission } from '../users/permissions.js';
import { ownCounsellor } from './acting.js';
import { ApiError } from './api-error.js';
import { readBody } from './bounded-json.js';
import { notHere, readIds } from './organization-scope.js';
import { readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

export interface VoiceSource extends TenantSource {
  voices: VoiceFileStore;
  voiceFolder: VoiceFolder;
  voiceKey: VoiceKey | undefined;
  clock: Clock;
  log: Logger;
}

const listenFields = z.strictObject({ by: id().optional(), reason: neededLine(300) });
const labels = { by: '聞く人', reason: '聞く理由' };
const callFields = z.object({ pbxId: z.string().min(1).max(32), callId: z.string().min(1).max(48) });

const inputs: TenantInputs = {
  'get /voice': { query: callFields },
  'post /voice/:voiceId/listen': { body: listenFields },
  'post /messages/:voiceId/listen': { body: listenFields },
};

/** Recordings and messages, and who heard them. */
export function voiceRoutes(source: VoiceSource): Route[] {
  const { voices, voiceFolder, voiceKey, clock, log } = source;
  const { at, look } = tenantRoutes(source, inputs);
  /** Not a GET: nothing may listen by following a link, and the reason stays out of the address. */
  const play = (path: string, permission: Permission, kinds: readonly VoiceKind[]): Route =>
    at('post', `${path}/:voiceId/listen`, permission, async (request, response, asking) => {
      const { organizationId, voiceId } = readIds(request.params, 'voiceId');
      const { by: named, reason } = readBody(listenFields, request.body, labels);
      const file = await voices.find(organizationId, voiceId);
      if (!file || !kinds.includes(file.kind)) throw notHere('Voice');
      const by = ownCounsellor(asking, named);
      const opened = await openVoice(file);
      // First the record, then the voice: whoever hears it has been written down.
      await voices.addListening(voiceId, by, reason, clock());
      await look({ ...asking, reason }, file.kind, voiceId, organizationId, permission);
      response.set({ 'Content-Type': 'audio/wav', 'Content-Length': String(opened.bytes) });
      try {
        await pipeline(opened.sound(), response);
      } catch (error) {
        // Somebody stopped listening, which is theirs to do.
        log.debug({ event: 'voice.brokenOff', voiceFileId: voiceId, err: error }, 'a playback broke off');
      }
    });
  return [
    at('get', '/voice', 'card.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { pbxId, callId } = readParameters(callFields, request.query);
      const files = await voices.ofCall(organizationId, pbxId, callId);
      response.json(files.map(withoutPlace));
    }),
    at('get', '/voice/:voiceId/listenings', 'card.see', async (request, response) => {
      const { organizationId, voiceId } = readIds(request.params, 'voiceId');
      if (!(await voices.find(organizationId, voiceId))) throw notHere('Voice');
      response.json(await voices.listenings(organizationId, voiceId));
    }),
    play('/voice', 'recording.play', ['recording', 'message']),
    play('/messages', 'message.play', ['message']),
  ];

  async function openVoice(file: VoiceFile): Promise<OpenedVoice> {
    if (file.state === 'deleted')
      throw new ApiError(410, 'deleted', '保存の期限が過ぎたので、この録音は消しました。');
    if (file.state === 'lost') throw new ApiError(410, 'lost', 'この録音は失われました。');
    if (file.place === undefined)
      throw new ApiError(409, 'notTakenIn', 'この録音は、まだ取り込んでいません。少しお待ちください。');
    if (!voiceKey) throw new ApiError(503, 'noVoiceKey', '録音の鍵（VOICE_KEY）がないので、再生できません。');
    try {
      return await voiceFolder.open(file.place, voiceKey);
    } catch (error) {
      if (!isMissing(error) && !(error instanceof VoiceBoxError)) throw error;
      log.error(
        { event: 'voice.unreadable', voiceFileId: file.id, err: error },
        'a recording cannot be opened',
      );
      const why = isMissing(error) ? 'ファイルがありません' : (error as VoiceBoxError).code;
      throw new ApiError(500, 'unreadable', `この録音は再生できません（${refusals[why] ?? why}）。`);
    }
  }
}

const refusals: Readonly<Record<string, string>> = {
  notSealed: 'ファイルが壊れています',
  otherKey: '別の鍵で暗号化されています',
  tampered: 'ファイルが書き換えられています',
};

/** Where the file lies is nobody's business outside. */
function withoutPlace(file: VoiceFile): object {
  return { ...file, place: undefined };
}
