import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CardContent } from '../../src/consultations/card-fields.js';
import type { Counts } from '../../src/consultations/consultation-counts.js';
import type { RuleTexts } from '../../src/consultations/counting-rules.js';
import type { triageWords } from '../../src/consultations/triage.js';
import { createLog } from '../../src/log.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import type { Role } from '../../src/users/permissions.js';
import {
  answeredAt,
  consultationParts,
  consultationsOver,
  seedDesk,
  type SeededDesk,
} from './consultation-builders.js';
import { serveHttp } from './http-visitor.js';
import { openLogins, type Logins } from './logins.js';
import { testCodec } from './test-codec.js';

export const codec = testCodec();

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
  logins: Logins;
  /** Lets somebody of this desk come in; gives their cookie. */
  logIn: (desk: SeededDesk, role: Role) => Promise<string>;
  /** Asks below the first desk's organization, as its supervisor unless the headers say otherwise. */
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Asks any address, as the supervisor of its organization. */
  askAt: (
    method: string,
    address: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Opens the card of a call that the first desk has answered; gives its id. */
  openCard: (callId?: string, number?: string) => Promise<number>;
  close: () => Promise<void>;
}

/** Serves consultations from a fresh database with two tenants, whose counsellors supervise and are logged in. */
export async function serveConsultations(): Promise<ConsultationsServer> {
  const folder = makeTemporaryFolder('http');
  const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'test.db') });
  await migrate(database);
  const [desk, other] = [await seedDesk(database, codec), await seedDesk(database, codec)];
  const logins = await openLogins({ given: database });
  logins.clock.at = answeredAt.getTime();
  const { logged } = logins;
  const log = createLog('debug', { write: (line) => logged.push(line) });
  const parts = consultationParts(database, codec);
  const served = await serveHttp(logins, { consultations: consultationsOver(database, folder.path, log) });

  const logIn: ConsultationsServer['logIn'] = async ({ organizationId, counsellorId }, role) => {
    const mail = `${role}.${organizationId}@example.jp`;
    const isCounsellor = role === 'counsellor' || role === 'supervisor';
    const id = await logins.join({
      ...{ organizationId, role, mail },
      ...(isCounsellor && { counsellorId }),
    });
    return `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
  };
  const cookies = new Map<string, string>();
  for (const one of [desk, other]) cookies.set(String(one.organizationId), await logIn(one, 'supervisor'));
  const own = cookies.get(String(desk.organizationId)) ?? '';

  const askAt: ConsultationsServer['askAt'] = async (method, address, body, headers = {}) => {
    const [, organizationId = ''] = /organizations\/(\d+)/.exec(address) ?? [];
    const answer = await fetch(`${served.url}${address}`, {
      method,
      headers: {
        cookie: cookies.get(organizationId) ?? own,
        origin: served.url,
        'content-type': 'application/json',
        ...headers,
      },
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
  const ask: ConsultationsServer['ask'] = (method, path, body, headers) =>
    askAt(method, `/api/organizations/${desk.organizationId}${path}`, body, headers);
  return {
    ...{ database, desk, other, logged, parts, logins, ask, askAt, logIn },
    folder: folder.path,
    openCard: async (callId = 'a.1', number = '0473912345') => {
      const call = { pbxId: 'pbx1', callId, lineId: desk.lineId, number, extension: desk.extension };
      const { status, json, message } = await ask('POST', '/cards/for-call', call);
      assert.equal(status, 200, message);
      return json.card.id;
    },
    close: async () => {
      await served.close();
      await logins.close();
      await database.destroy();
      await folder.remove();
    },
  };
}
