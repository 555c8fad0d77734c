import { boardWords } from './words/board';
import { commonWords } from './words/common';
import { loginWords } from './words/login';
import { peopleWords } from './words/people';

/**
 * Every word that the console shows, from the lists of its parts.
 * Plain words for people who look after people; no terms of telephony.
 */
export const dictionary = {
  ...commonWords,
  ...loginWords,
  ...boardWords,
  ...peopleWords,
} as const;

export type TextKey = keyof typeof dictionary;
