import type { KeyVerdict } from '../storage/key-guard.js';
import { bad, good, warning, type Finding } from './findings.js';

export const personalDataKey = '個人情報の鍵';
export const keyMend =
  'この設置の鍵ファイルを PERSONAL_DATA_KEY_FILE で指してください。鍵は控えから戻せますが、作り直しても読めません。';

/** Whether the keys are the database's, and what came of reading one value of each column. */
export function judgePersonalData(
  verdict: KeyVerdict,
  { samples, unreadable, keys }: { samples: number; unreadable: number; keys: number },
): Finding {
  if (verdict.kind === 'missing')
    return bad(personalDataKey, `データに要る鍵 ${verdict.keyId} がありません`, keyMend);
  if (verdict.kind === 'wrong')
    return bad(personalDataKey, `鍵 ${verdict.keyId} は、データを暗号化した鍵と違います`, keyMend);
  if (unreadable > 0)
    return bad(personalDataKey, `見本 ${samples} 件のうち ${unreadable} 件を復号できません`, keyMend);
  const said = samples === 0 ? '暗号化した値はまだありません' : `見本 ${samples} 件を復号できました`;
  if (keys === 1) return good(personalDataKey, said);
  return good(personalDataKey, `${said}（鍵 ${keys} 個。genkidesu key list で、要らない鍵が分かります）`);
}

export function noTableYet(): Finding {
  return warning(personalDataKey, '照合できません', 'genkidesu migrate か serve のあとで、もう一度。');
}
