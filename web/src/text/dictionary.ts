import { accountWords } from './words/account';
import { adminWords } from './words/admin';
import { boardWords } from './words/board';
import { cardDesignWords } from './words/card-design';
import { cardWords } from './words/cards';
import { commonWords } from './words/common';
import { figuresWords } from './words/figures';
import { holdWords } from './words/hold';
import { deskWords } from './words/desk';
import { hotdeskWords } from './words/hotdesk';
import { loginWords } from './words/login';
import { peopleWords } from './words/people';
import { refusalWords } from './words/refusals';

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
  ...cardWords,
  ...cardDesignWords,
  ...hotdeskWords,
  ...holdWords,
  ...peopleWords,
  ...refusalWords,
} as const;

export type TextKey = keyof typeof dictionary;
