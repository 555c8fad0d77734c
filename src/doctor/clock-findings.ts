import { bad, coded, good, warning, type Finding } from './findings.js';

/** The same moment, as each tells it, in ms since 1970; undefined where nobody could be asked. */
export interface Clocks {
  node: number | undefined;
  database: number | undefined;
  exchange: number | undefined;
}

const names: Readonly<Record<keyof Clocks, string>> = {
  node: 'このサービス',
  database: 'データベース',
  exchange: '交換機（Asterisk）',
};
/** Calling hours and deadlines are kept to the minute. */
export const clockToleranceMs = 120_000;
const noticeMs = 10_000;

/** The two clocks that are furthest apart; undefined when fewer than two are known. */
export function worstSkew(
  clocks: Clocks,
): { ms: number; early: keyof Clocks; late: keyof Clocks } | undefined {
  const known = (Object.keys(names) as (keyof Clocks)[]).flatMap((name) => {
    const at = clocks[name];
    return at === undefined || Number.isNaN(at) ? [] : [{ name, at }];
  });
  const sorted = known.sort((one, other) => one.at - other.at);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || first === last) return undefined;
  return { ms: last.at - first.at, early: first.name, late: last.name };
}

const mend =
  '機械の時刻合わせ（chrony など）を動かし、時計が合ってから続けてください。2分を超えて違うあいだは、見守りの電話を始めないでください。';

export function judgeClocks(clocks: Clocks): Finding {
  const what = '時計のずれ';
  const skew = worstSkew(clocks);
  if (!skew) return coded('clock', good(what, 'くらべる相手がありません'));
  const seconds = Math.round(skew.ms / 1000);
  const length = seconds < 120 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分`;
  const said = `${names[skew.early]}が${names[skew.late]}より ${length} 遅れています`;
  if (skew.ms > clockToleranceMs) return coded('clock', bad(what, said, mend));
  if (skew.ms > noticeMs) return coded('clock', warning(what, said, mend));
  return coded('clock', good(what, `いちばん大きな差は ${seconds} 秒`));
}
