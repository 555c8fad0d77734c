import type { SipTarget } from '../../src/testbed/sipp-process.js';
import type { Stage } from '../../src/testbed/stage.js';

/** Where phones register and call: the PBX of a stage. */
export function exchangeOf(stage: Stage): SipTarget {
  return { host: stage.pbx.sipHost, port: stage.pbx.sipPort };
}

/** Makes a counsellor's SIP account over ARI; any phone that knows the password may register. */
export async function addPhoneAccount(
  stage: Stage,
  extension: string,
  password: string,
  endpoint: Record<string, string> = {},
): Promise<void> {
  const put = async (kind: string, fields: Record<string, string>): Promise<void> => {
    const path = `/ari/asterisk/config/dynamic/res_pjsip/${kind}/${extension}`;
    const response = await fetch(`http://127.0.0.1:${stage.pbx.httpPort}${path}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`genkidesu:${stage.pbx.ariPassword}`).toString('base64')}`,
      },
      body: JSON.stringify({
        fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
      }),
    });
    if (!response.ok) throw new Error(`${kind} ${extension}: ${response.status} ${await response.text()}`);
  };
  await put('auth', { auth_type: 'userpass', username: extension, password });
  await put('aor', { max_contacts: '1', remove_existing: 'yes' });
  await put('endpoint', {
    context: 'counsellor',
    disallow: 'all',
    allow: 'ulaw',
    auth: extension,
    aors: extension,
    direct_media: 'no',
    rtp_symmetric: 'yes',
    force_rport: 'yes',
    rewrite_contact: 'yes',
    callerid: `"" <${extension}>`,
    ...endpoint,
  });
}
