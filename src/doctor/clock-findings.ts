import { clockSkew, mostSkewMs } from '../checkins/clock-skew.js';
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
const noticeMs = 10_000;

const mend =
  '機械の時刻合わせ（chrony など）を動かし、時計が合ってから続けてください。2分を超えて違うと、見守りの電話は、運営が確かめて再開するまで止まります。';

export function judgeClocks(clocks: Clocks): Finding {
  const what = '時計のずれ';
  const { worstMs, between } = clockSkew({ ...clocks });
  if (!between) return coded('clock', good(what, 'くらべる相手がありません'));
  const [early = '', late = ''] = between.map((name) => names[name as keyof Clocks]);
  const seconds = Math.round(worstMs / 1000);
  const length = seconds < 120 ? `${seconds} 秒` : `${Math.round(seconds / 60)} 分`;
  const said = `${early}が${late}より ${length} 遅れています`;
  if (worstMs > mostSkewMs) return coded('clock', bad(what, said, mend));
  if (worstMs > noticeMs) return coded('clock', warning(what, said, mend));
  return coded('clock', good(what, `いちばん大きな差は ${seconds} 秒`));
}
