import type { Config } from '../config.js';
import { KeyFileError, readKeyFile } from '../storage/key-file.js';
import type { Check } from './check.js';
import { bad, coded, good } from './findings.js';

const what = '鍵ファイル';
const mend =
  '鍵ファイルを控えから元の場所に戻してください（chmod 600）。新しい鍵を作ってはいけません。いま動いているサービスは続きますが、次は起動できません。';

/** Whether the key file is still where the settings say; the running service has its keys in memory. */
export function keyFileCheck({
  PERSONAL_DATA_KEY_FILE: file,
}: Pick<Config, 'PERSONAL_DATA_KEY_FILE'>): Check {
  return {
    what,
    code: 'key.file',
    mend,
    look: () => {
      if (file === undefined) return Promise.resolve([]);
      try {
        readKeyFile(file);
        return Promise.resolve([coded('key.file', good(what, file))]);
      } catch (error) {
        if (!(error instanceof KeyFileError)) throw error;
        return Promise.resolve([coded('key.file', bad(what, `${file} を使えません`, mend))]);
      }
    },
  };
}
