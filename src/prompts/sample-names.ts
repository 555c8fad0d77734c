/** A name as it is written, and the sentence that says it in the opening of a call. */
export interface SampleName {
  written: string;
  spoken: string;
}

/**
 * Tenants and stations of the demo, by sound name. Each is spoken as a whole sentence, so the opening
 * joins them without a connective that would hang in the air: greeting, tenant, station.
 */
export const sampleNames = {
  'names/matsudo': {
    written: 'まつど見守りの会',
    spoken: 'まつど見守りの会です。',
  },
  'names/tokatsu': {
    written: 'とうかつ暮らしの会',
    spoken: 'とうかつ暮らしの会です。',
  },
  'names/tokiwadaira': {
    written: '常盤平見守りステーション',
    // In kana, as Open JTalk reads 常盤平 as "tokiwa taira".
    spoken: 'ときわだいら見守りステーションからのお電話です。',
  },
  'names/koganehara': {
    written: '小金原見守りステーション',
    // In kanji, as Open JTalk takes the は of こがねはら for the particle and says "wa".
    spoken: '小金原見守りステーションからのお電話です。',
  },
} as const satisfies Record<`names/${string}`, SampleName>;

/** The texts to record for the sample names, by sound name. */
export const sampleNameTexts: Record<string, string> = Object.fromEntries(
  Object.entries(sampleNames).map(([name, { spoken }]) => [name, spoken]),
);
