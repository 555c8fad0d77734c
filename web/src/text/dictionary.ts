import { accountWords } from './words/account';
import { adminWords } from './words/admin';
import { boardWords } from './words/board';
import { commonWords } from './words/common';
import { figuresWords } from './words/figures';
import { deskWords } from './words/desk';
import { loginWords } from './words/login';

/**
 * Every word that the console shows, from the lists of its parts.
 * Plain words for people who look after people; no terms of telephony.
 */
export const dictionary = {
  ...commonWords,
  ...loginWords,
  ...boardWords,
  ...figuresWords,
  ...adminWords,
  ...accountWords,
  ...deskWords,
} as const;

export type TextKey = keyof typeof dictionary;
