import express from 'express';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { CardContent } from '../../src/consultations/card-fields.js';
import type { Counts } from '../../src/consultations/consultation-counts.js';
import type { RuleTexts } from '../../src/consultations/counting-rules.js';
import type { triageWords } from '../../src/consultations/triage.js';
import { answerError, answerNotFound, ApiError } from '../../src/http/api-error.js';
import { machineOf } from '../../src/http/api-token.js';
import { consultationsRouter } from '../../src/http/consultations-router.js';
import { logRequests } from '../../src/http/request-log.js';
import { createLog } from '../../src/log.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { createPersonalDataCodec } from '../../src/storage/personal-data.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { VoiceFolder } from '../../src/voice/voice-folder.js';
import { readVoiceKey } from '../../src/voice/voice-key.js';
import { answeredAt, consultationParts, seedDesk, type SeededDesk } from './consultation-builders.js';

export const codec = createPersonalDataCodec('a key for these tests');
const token = 'a-token-for-these-tests';

/** Whatever the tests read of an answer. */
export interface Body {
  error: { code: string; message: string };
  id: number;
  kind: string;
  version: number;
  caseId: number;
  card: { id: number; version: number; content: CardContent };
  persons: { id: number }[];
  cards: object[];
  actions: object[];
  referrals: { result: string }[];
  leases: object[];
  year: Counts;
  months: Counts[];
  rules: RuleTexts;
  choices: { needsAttributes: Record<string, string> };
  triage: typeof triageWords;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** The body as JSON; every test knows which of these its answer has. */
  json: Body;
  /** The body when it is a list. */
  list: { id: number; state: string }[];
  /** The refusal's words, or nothing. */
  message: string;
}

export interface ConsultationsServer {
  database: Database;
  folder: string;
  desk: SeededDesk;
  other: SeededDesk;
  logged: string[];
  parts: ReturnType<typeof consultationParts>;
  /** Asks below the first desk's organization. */
  ask: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Asks any address. */
  askAt: (
    method: string,
    address: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  close: () => Promise<void>;
}

/** Serves consultations from a fresh database with two tenants. */
export async function serveConsultations(): Promise<ConsultationsServer> {
  const folder = makeTemporaryFolder('http');
  const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'test.db') });
  await migrate(database);
  const [desk, other] = [await seedDesk(database, codec), await seedDesk(database, codec)];
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => logged.push(line) });
  const parts = consultationParts(database, codec);
  const app = express();
  app.set('query parser', 'simple');
  app.use(logRequests(log));
  const router = consultationsRouter({
    ...parts,
    voiceFolder: new VoiceFolder(folder.path),
    voiceKey: readVoiceKey('ab'.repeat(32)),
    clock: () => answeredAt,
    log,
  });
  app.use(
    '/api',
    (request: express.Request, _response: express.Response, next: express.NextFunction) => {
      if (!machineOf(request, token)) throw new ApiError(401, 'unauthorized', 'no token');
      next();
    },
    router,
  );
  app.use(answerNotFound, answerError(log));
  const server = createServer(app);
  const port = await listen(server);

  const askAt: ConsultationsServer['askAt'] = async (method, address, body, headers = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${address}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    const json: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined;
    const message = (json as { error?: { message?: string } } | undefined)?.error?.message ?? '';
    return {
      ...{ status: answer.status, headers: answer.headers, bytes, message },
      json: json as Body,
      list: json as Answer['list'],
    };
  };
  return {
    ...{ database, desk, other, logged, parts, askAt },
    folder: folder.path,
    ask: (method, path, body) => askAt(method, `/api/organizations/${desk.organizationId}${path}`, body),
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await database.destroy();
      await folder.remove();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
