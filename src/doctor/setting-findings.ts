import { bad, coded, type Finding } from './findings.js';

const what = '設定';
const usual = '環境変数（または 名前_FILE）で正しい値を与えてください。';
const keyFile =
  '鍵ファイルを控えから元の場所に戻してください（持ち主だけが読める chmod 600）。データがもうあるなら、新しい鍵を作ってはいけません。新しい鍵では読めません。';

/** What to do about one setting that cannot be used. */
export function judgeSetting(problem: string): Finding {
  if (problem.startsWith('PERSONAL_DATA_KEY_FILE:')) return coded('key.file', bad(what, problem, keyFile));
  if (/^[A-Z_]+_FILE:/.test(problem))
    return bad(what, problem, 'そのファイルを控えから戻すか、設定のパスを直してください。');
  return bad(what, problem, usual);
}
