import assert from 'node:assert/strict';
import { mergeEnvFile, readEnvFile } from '../../src/setup/env-file.js';

describe('the file of settings', () => {
  it('keeps what somebody wrote by hand, and changes and adds what is ours', () => {
    assert.equal(
      mergeEnvFile('# ours\nHTTP_PORT=3000\nSMTP_HOST=mail\n\nHTTP_PORT=1\n', {
        HTTP_PORT: '8080',
        CHANNEL_CAP: '4',
      }),
      '# ours\nHTTP_PORT=8080\nSMTP_HOST=mail\nCHANNEL_CAP=4\n',
    );
  });

  it('takes out what is not needed any more', () => {
    assert.equal(mergeEnvFile('DATABASE_HOST=a\nX=1\n', { DATABASE_HOST: undefined }), 'X=1\n');
  });

  it('is the same when it is written twice', () => {
    const ours = { A: '1', B: '2' };
    const once = mergeEnvFile('# text\n', ours);
    assert.equal(mergeEnvFile(once, ours), once);
  });

  it('is read as it was written', () => {
    assert.deepEqual(readEnvFile(mergeEnvFile('# text\n', { A: 'b=c', EMPTY: '' })), { A: 'b=c', EMPTY: '' });
  });
});
