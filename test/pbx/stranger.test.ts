import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { readCarrierRecord } from '../../src/testbed/carrier-record.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, managerOf, phoneUs } from '../support/exchange.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const strangerHost = '127.0.0.3';

describe('somebody who is not our carrier', function () {
  this.timeout(townTimeoutMs);

  let folder: TemporaryFolder;
  let stage: Stage;
  let pbx: AmiLink;
  let carrier: AmiLink;
  let stranger: Socket;
  before(async () => {
    folder = makeTemporaryFolder('stranger');
    stage = await openStage(await findAsterisk(), folder.path, { channelCap: 4 });
    [pbx, carrier] = [await managerOf(stage.pbx), await managerOf(stage.carrier)];
    stranger = createSocket('udp4');
    stranger.bind(0, strangerHost);
    await once(stranger, 'listening');
  });
  after(async () => {
    pbx.stop();
    carrier.stop();
    stranger.close();
    await stage.close();
    await folder.remove();
  });

  /** Sends one request and collects the status codes of the answers up to the final one, which may come again: nobody acknowledges it. */
  async function answersTo(method: string, user: string, headers: readonly string[] = []): Promise<number[]> {
    const { sipHost, sipPort } = stage.pbx;
    const callId = randomBytes(8).toString('hex');
    const codes: number[] = [];
    const listen = (message: Buffer): void => {
      const text = message.toString();
      const code = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0);
      if (code > 0 && text.includes(callId) && !codes.includes(code)) codes.push(code);
    };
    stranger.on('message', listen);
    stranger.send(
      sipRequest(method, `sip:${user}@${sipHost}:${sipPort}`, callId, stranger.address().port, headers),
      sipPort,
      sipHost,
    );
    await until(() => codes.some((code) => code >= 200), { what: `${method} is answered` });
    stranger.off('message', listen);
    return codes;
  }

  for (const user of ['0473900000', '0473901001', '110', '0018005551234', 'genkidesu', 'trunk']) {
    it(`is refused when phoning ${user}`, async () => {
      assert.deepEqual(await answersTo('INVITE', user, offer()), [401]);
      assert.deepEqual(await channelsOf(pbx), []);
    });
  }

  it('cannot register, not even under the name of our trunk', async () => {
    for (const user of ['trunk', 'genkidesu', '0473900000'])
      assert.deepEqual(await answersTo('REGISTER', user, [`Contact: <sip:x@${strangerHost}>`]), [401]);
  });

  it('is not told who we are when asking for our options', async () => {
    assert.deepEqual(await answersTo('OPTIONS', 'trunk'), [401]);
  });

  it('gets nobody of the carrier called', () => {
    assert.deepEqual(readCarrierRecord(stage.carrierRecordFile), []);
  });

  for (const to of ['110', '119', '0018005551234', '0473901001']) {
    it(`does not get out again through us as a call of the carrier to ${to}`, async () => {
      await phoneUs(carrier, { to, from: '0473901077', application: 'Wait', data: '3' });
      await until(async () => (await channelsOf(pbx)).some(({ context }) => context === 'phoned-back'), {
        what: 'the call is treated as one of a person who phones back',
      });
      await until(async () => (await channelsOf(pbx)).length === 0, {
        what: 'it is over',
        timeoutMs: 15_000,
      });
      const reached = readCarrierRecord(stage.carrierRecordFile).filter((call) => call.number === to);
      assert.deepEqual(reached, []);
    });
  }
});

function offer(): string[] {
  return ['Content-Type: application/sdp', 'Contact: <sip:stranger@127.0.0.3>'];
}

/** One SIP request, written by hand: no phone of anybody's is needed to be rude. */
function sipRequest(
  method: string,
  uri: string,
  callId: string,
  port: number,
  headers: readonly string[],
): string {
  const body = headers.some((header) => header.includes('sdp'))
    ? [
        'v=0',
        `o=- 1 1 IN IP4 ${strangerHost}`,
        's=-',
        `c=IN IP4 ${strangerHost}`,
        't=0 0',
        'm=audio 40000 RTP/AVP 0',
        '',
      ]
    : [];
  const content = body.join('\r\n');
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${strangerHost}:${port};branch=z9hG4bK${callId};rport`,
    'Max-Forwards: 70',
    `From: <sip:stranger@${strangerHost}>;tag=${callId.slice(0, 6)}`,
    `To: <${uri}>`,
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(content)}`,
    '',
    content,
  ].join('\r\n');
}
