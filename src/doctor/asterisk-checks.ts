import { AmiLookError, lookAtTrunk, registerAgain, withAmi } from '../asterisk/ami/ami-look.js';
import type { AmiLink } from '../asterisk/ami/ami-link.js';
import { AriLookError, lookOverAri } from '../asterisk/ari/ari-look.js';
import type { Config } from '../config.js';
import type { Check } from './check.js';
import { bad, good, judgeAsteriskVersion, judgeClock } from './findings.js';
import { isRegistered, judgeTrunk, type TrunkFacts } from './trunk-findings.js';

/** The login takes this long at most, so that its reason is told before the check's own time is over. */
const loginMs = 3500;

/** Whether Asterisk lets us in by both doors, is one we know, and has a line to the carrier. */
export function asteriskChecks(config: Config): Check[] {
  const ariMend = `Asterisk が動いているか、http.conf と ari.conf、ARI_URL（${config.ARI_URL}）を確かめてください。`;
  const amiMend = 'Asterisk が動いているか、manager.conf と AMI_HOST、AMI_PORT を確かめてください。';
  return [
    {
      what: 'Asterisk（ARI）',
      mend: ariMend,
      look: async (signal) => {
        const { ARI_URL: baseUrl, ARI_USER: user, ARI_PASSWORD: password } = config;
        try {
          const { version, asteriskAt, ourAt } = await lookOverAri({ baseUrl, user, password }, signal);
          return [
            good('Asterisk（ARI）', baseUrl),
            judgeAsteriskVersion(version),
            judgeClock(asteriskAt, ourAt),
          ];
        } catch (error) {
          if (!(error instanceof AriLookError)) throw error;
          if (error.status === 401) {
            const mend = 'ARI_USER と ARI_PASSWORD を ari.conf に合わせてください。';
            return [bad('Asterisk（ARI）', 'パスワードが違います', mend)];
          }
          return [bad('Asterisk（ARI）', `つながりません（${error.status || error.message}）`, ariMend)];
        }
      },
    },
    {
      what: 'Asterisk（AMI）',
      mend: amiMend,
      look: async () => {
        const { AMI_HOST: host, AMI_PORT: port, AMI_USER: user, AMI_PASSWORD: password } = config;
        try {
          const trunk = await withAmi({ host, port, user, password }, loginMs, lookClosely);
          return [good('Asterisk（AMI）', `${host}:${port}`), ...judgeTrunk(trunk)];
        } catch (error) {
          if (!(error instanceof AmiLookError)) throw error;
          if (error.code === 'refused') {
            const mend = 'AMI_USER と AMI_PASSWORD を manager.conf に合わせてください。';
            return [bad('Asterisk（AMI）', 'パスワードが違います', mend)];
          }
          return [bad('Asterisk（AMI）', `${host}:${port} につながりません`, amiMend)];
        }
      },
    },
  ];
}

/** A registration that does not stand is tried once more, so that its reason can be told. */
async function lookClosely(link: AmiLink): Promise<TrunkFacts> {
  const trunk = await lookAtTrunk(link);
  if (trunk.registrations.every(isRegistered)) return trunk;
  const answer = await registerAgain(link);
  if (answer === undefined) return trunk;
  return { ...trunk, registrations: [answer], isAnswered: true };
}
