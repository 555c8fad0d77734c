import assert from 'node:assert/strict';
import {
  installedSoundsRoot,
  isSpeechRate,
  openingFor,
  plainSoundFile,
  soundFile,
} from '../../src/prompts/sound-files.js';

describe('sound files', () => {
  it('are named by an absolute path without an ending, as the PBX plays them', () => {
    assert.equal(soundFile('/srv/sounds', 'ja/slow', 'ask'), '/srv/sounds/ja/slow/ask');
    assert.equal(
      soundFile('/srv/sounds', 'ja/normal', 'names/tokiwadaira'),
      '/srv/sounds/ja/normal/names/tokiwadaira',
    );
    assert.equal(soundFile('/srv/sounds', 'ja/hotline', 'day-20'), '/srv/sounds/ja/hotline/day-20');
    assert.equal(plainSoundFile('/srv/sounds', 'beep'), '/srv/sounds/beep');
  });

  for (const name of ['names/../../../etc/passwd', 'names//x', 'names/', 'names/a.wav', 'names/a&b']) {
    it(`never leave their folder for a station named ${name}`, () => {
      assert.throws(() => soundFile('/srv/sounds', 'ja/slow', name), RangeError);
    });
  }

  it('of this installation are found without being told where', () => {
    assert.match(installedSoundsRoot(), /\/sounds$/);
  });

  it('exist for three speech rates and no other', () => {
    const words = ['normal', 'slow', 'slower', 'fast', '0.9', ''];
    assert.deepEqual(words.filter(isSpeechRate), ['normal', 'slow', 'slower']);
  });
});

describe('the greeting', () => {
  for (const [hour, opening] of [
    [0, 'opening-morning'],
    [8, 'opening-morning'],
    [10, 'opening-morning'],
    [11, 'opening-day'],
    [16, 'opening-day'],
    [17, 'opening-evening'],
    [23, 'opening-evening'],
  ] as const) {
    it(`at ${hour}:00 is ${opening}`, () => {
      assert.equal(openingFor(hour), opening);
    });
  }

  it('is not guessed for what is no hour', () => {
    for (const hour of [-1, 24, 8.5, NaN]) assert.throws(() => openingFor(hour), RangeError);
  });
});
