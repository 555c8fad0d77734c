import type { Config } from '../config.js';
import type { Check } from './check.js';
import { good, warning, type Finding } from './findings.js';

const mend =
  '32 バイトの鍵を作り（openssl rand -base64 32）、VOICE_KEY か VOICE_KEY_FILE に入れてください。鍵の控えは別の場所に。';

/** Whether recordings can be kept encrypted. */
export function judgeVoiceKey(isSet: boolean): Finding {
  const what = '録音の鍵';
  return isSet
    ? good(what, '録音は暗号化して保管します')
    : warning(what, 'VOICE_KEY がありません。録音は暗号化されず、受け取り場所に残ります', mend);
}

export function voiceCheck(config: Pick<Config, 'VOICE_KEY'>): Check {
  return {
    what: '録音の鍵',
    mend,
    look: () => Promise.resolve([judgeVoiceKey(config.VOICE_KEY !== undefined)]),
  };
}
