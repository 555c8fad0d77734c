import assert from 'node:assert/strict';
import { checkSounds } from '../../src/prompts/check.js';
import { installedSoundsRoot } from '../../src/prompts/sound-files.js';
import { soundSetsOfDemo } from '../../src/prompts/sound-sets.js';
import { stockPrompts } from '../../src/prompts/stock-prompts.js';

/** People are taught to hang up on a recorded voice that says one of these. */
const scamWords = ['オペレーター', '重要なお知らせ', '使えなくなります', '本日中'];

const texts = soundSetsOfDemo.flatMap((set) => Object.values(set.texts));

describe('all prompts', () => {
  it('are recorded, the stock prompts at every speech rate, and speak the texts of the catalogue', async function () {
    this.timeout(20_000);
    assert.deepEqual(await checkSounds(installedSoundsRoot(), soundSetsOfDemo), []);
  });

  for (const word of scamWords) {
    it(`never say ${word}, as scam calls do`, () => {
      assert.deepEqual(
        texts.filter((text) => text.includes(word)),
        [],
      );
    });
  }

  it('never call the digit 7 しち, which is heard as いち', () => {
    assert.deepEqual(
      texts.filter((text) => text.includes('しち')),
      [],
    );
  });

  it('ask with the usual keys exactly what the pieces say when joined', () => {
    const p = stockPrompts;
    assert.equal(
      p.ask,
      `${p['ask-lead']}${p['ask-ok']}${p['digit-1']}。${p['ask-unwell']}${p['digit-2']}。` +
        `${p['ask-contact-requested']}${p['digit-3']}。${p['ask-repeat']}${p['digit-0']}、です。`,
    );
  });

  it('name no digit in the answers, as the key that was pressed is the tenant’s data', () => {
    const answers = ['confirm-ok', 'confirm-unwell', 'confirm-contact-requested'] as const;
    for (const name of answers) assert.doesNotMatch(stockPrompts[name], /^(ゼロ|いち|に|さん)、/);
  });

  it('tell everybody who may be ill that 119 is another number', () => {
    const names = ['confirm-unwell', 'confirm-contact-requested', 'phoned-back', 'sorry-try-later'] as const;
    for (const name of names) assert.match(stockPrompts[name], /119番/);
  });
});
