import { InvalidArgumentError } from 'commander';
import { isExtension } from '../hotline/counsellor.js';
import { weekSchema, type Span, type Week } from '../hotline/opening-hours.js';
import { isDialable, parsePhoneNumber } from '../subscribers/phone-number.js';

/** A number that people dial, a toll-free one too; domestic digits. */
export function parsePublicNumber(text: string): string {
  const parsed = parsePhoneNumber(text);
  if (!parsed.ok) throw new InvalidArgumentError('電話番号は 0120-386-117 のように書いてください。');
  return parsed.number;
}

/** A number that calls may show: nobody can show a toll-free one. */
export function parseShownNumber(text: string): string {
  const number = parsePublicNumber(text);
  if (!isDialable(number)) {
    throw new InvalidArgumentError(
      '発信者番号には 047-123-4567 のような一般の番号を書いてください（フリーダイヤルは表示できません）。',
    );
  }
  return number;
}

export function parseExtension(text: string): string {
  if (!isExtension(text)) throw new InvalidArgumentError('内線番号は 101 から 899 までの3桁です。');
  return text;
}

/** Weekdays such as `1-5` or `6,7`: 1 is Monday, 7 Sunday. */
export function parseDays(text: string): number[] {
  const days = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^([1-7])(?:-([1-7]))?$/.exec(part.trim()) ?? [];
    const [from, until] = [Number(first), Number(last)];
    return from <= until ? Array.from({ length: until - from + 1 }, (_, ahead) => from + ahead) : [];
  });
  if (days.length === 0 || text.split(',').some((part) => !/^\s*[1-7](-[1-7])?\s*$/.test(part))) {
    throw new InvalidArgumentError('曜日は 1-5 や 6,7 のように書いてください（1=月曜 … 7=日曜）。');
  }
  return [...new Set(days)].sort();
}

/** Times such as `10:00-12:00,13:00-16:00`, or `closed`. */
export function parseSpans(text: string): Span[] {
  const spans =
    text === 'closed'
      ? []
      : text.split(',').map((part) => {
          const [, from = '', until = ''] =
            /^(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$/.exec(part.trim())?.map((time) => time.padStart(5, '0')) ?? [];
          return { from, until };
        });
  if (!weekSchema.safeParse([spans, [], [], [], [], [], []]).success) {
    throw new InvalidArgumentError(
      '時間は 10:00-12:00,13:00-16:00 のように早い順に、休みは closed と書いてください。',
    );
  }
  return spans;
}

export function parseSeconds(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('秒数は 600 のように書いてください。');
  return Number(text);
}

export function parseSlot(text: string): number {
  const slot = Number(text);
  if (!Number.isInteger(slot) || slot < 1 || slot > 32)
    throw new InvalidArgumentError('窓口番号は 1 から 32 までです。');
  return slot;
}

const weekdays = ['月', '火', '水', '木', '金', '土', '日'];

/** A week in one line, days of the same hours together: `月-金 10:00-16:00 / 土日 休み`. */
export function describeWeek(week: Week): string {
  const texts = week.map((spans) =>
    spans.length === 0 ? '休み' : spans.map(({ from, until }) => `${from}-${until}`).join('・'),
  );
  const groups: { first: number; last: number; text: string }[] = [];
  texts.forEach((text, day) => {
    const group = groups.at(-1);
    if (group?.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  });
  return groups
    .map(({ first, last, text }) => {
      const days = first === last ? weekdays[first] : `${weekdays[first]}-${weekdays[last]}`;
      return `${days} ${text}`;
    })
    .join(' / ');
}
