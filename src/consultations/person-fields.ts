import { z } from 'zod';
import { sexes, oneOf } from './choices.js';
import { date, line, listOf, mail, phone, text } from './field-kinds.js';

/** Who somebody is; nothing is needed, as people may ask without giving their name. */
export const personFields = z.strictObject({
  name: line(100).optional(),
  kana: line(100).optional(),
  sex: oneOf(sexes).optional(),
  birthDate: date().nullable().optional(),
  postalCode: line(10).optional(),
  address: line(300).optional(),
  phones: listOf(phone(), 5).optional(),
  mail: mail().optional(),
  note: text(2000).optional(),
});

export type PersonFields = z.output<typeof personFields>;

export const personLabels: Readonly<Record<string, string>> = {
  name: '氏名',
  kana: 'ふりがな',
  sex: '性別',
  birthDate: '生年月日',
  postalCode: '郵便番号',
  address: '住所',
  phones: '電話番号',
  mail: 'メールアドレス',
  note: 'メモ',
  version: '版の番号',
};
