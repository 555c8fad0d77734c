import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { judgeCertificate, type CertificateFacts } from './certificate-findings.js';
import type { Check } from './check.js';
import { bad, coded, warning } from './findings.js';

const webName = '画面（https）の証明書';
const pbxName = '電話機（TLS）の証明書';
const webMend =
  '証明書を更新してください（Caddy や certbot の自動更新が止まっていないか、80番と443番のポートが開いているかも）。';
const pbxMend =
  '新しい証明書を PBX_CERTIFICATE のファイルに置き、交換機に読み込ませてください（asterisk -rx "module reload res_pjsip.so"）。外の電話機だけが止まり、回線の電話は続きます。';

/** The certificates that people and telephones are shown; those that there are not are not looked at. */
export function certificateChecks(
  config: Pick<Config, 'BASE_URL' | 'PBX_CERTIFICATE'>,
  clock: Clock,
): Check[] {
  const checks: Check[] = [];
  const { BASE_URL: baseUrl, PBX_CERTIFICATE: file } = config;
  if (baseUrl?.startsWith('https:')) {
    checks.push({
      what: webName,
      mend: webMend,
      look: async (signal) => {
        try {
          const facts = await shownCertificate(new URL(baseUrl), signal);
          return [coded('certificate.web', judgeCertificate(webName, facts, clock(), webMend))];
        } catch (error) {
          // From inside of a container the outside may be out of reach: nothing is known then, and nothing is wrong.
          const { code = 'unknown' } = error as { code?: string };
          const said = `${new URL(baseUrl).host} で確かめられません（${code}）`;
          const mend = 'この機械から BASE_URL に届くか、TLS のプロキシが動いているか確かめてください。';
          return [coded('certificate.web', warning(webName, said, mend))];
        }
      },
    });
  }
  if (file !== undefined) {
    checks.push({
      what: pbxName,
      mend: pbxMend,
      look: async () => {
        try {
          const facts = readCertificate(await readFile(file, 'utf8'));
          return [coded('certificate.pbx', judgeCertificate(pbxName, facts, clock(), pbxMend))];
        } catch (error) {
          const { code = 'not a certificate' } = error as { code?: string };
          return [coded('certificate.pbx', bad(pbxName, `${file} を読めません（${code}）`, pbxMend))];
        }
      },
    });
  }
  return checks;
}

/** The look was cut off. */
class LookTooLate extends Error {
  override readonly name = 'LookTooLate';
  readonly code = 'ETIMEDOUT';
}

function readCertificate(pem: string): CertificateFacts {
  const { validFrom, validTo } = new X509Certificate(pem);
  return { validFrom: new Date(validFrom), validTo: new Date(validTo) };
}

/** What a server shows; also a certificate that nobody should trust is read, and told of. */
function shownCertificate({ hostname, port }: URL, signal: AbortSignal): Promise<CertificateFacts> {
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    const give = (): void => {
      signal.removeEventListener('abort', cancel);
      socket.destroy();
    };
    const cancel = (): void => {
      give();
      reject(new LookTooLate('too late'));
    };
    signal.addEventListener('abort', cancel);
    socket.once('error', (error: Error) => {
      give();
      reject(error);
    });
    socket.once('secureConnect', () => {
      const shown = socket.getPeerCertificate();
      const problem = socket.authorized ? undefined : wordOf(socket.authorizationError);
      give();
      resolve({
        validFrom: new Date(shown.valid_from),
        validTo: new Date(shown.valid_to),
        ...(problem !== undefined && { problem }),
      });
    });
  });
}

function wordOf(error: Error | undefined): string {
  const { code } = (error ?? {}) as { code?: string };
  return code ?? String(error ?? 'unknown');
}
