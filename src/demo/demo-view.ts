import type { CallWatcher } from '../checkins/attempt.js';
import { padColumns } from '../cli/wide-text.js';

type News = Parameters<CallWatcher>[0];

const words: Readonly<Record<News['what'], string>> = {
  dialling: '呼び出し中',
  ringing: '呼び出し中',
  talking: 'お話し中',
  key: 'お返事',
  ended: '終わり',
};
const outcomeWords: Readonly<Record<string, string>> = {
  ok: '元気',
  unwell: '少し心配',
  contactRequested: '電話がほしい',
  noAnswer: '出ない',
  busy: '話中',
  rejected: '着信拒否',
  machine: '留守番電話',
  screened: '通話録音装置',
  answeredNoKey: 'お返事なし',
  invalidKey: 'ちがう番号だけ',
  hungUpEarly: '途中で切れた',
  numberInvalid: '使われていない番号',
  trunkError: '回線の障害（こちらの責任）',
};

/** How long the whole town takes, seen again and again. */
const usualSeconds = 155;

/** The hotline at this moment. */
export interface HotlineCounts {
  waiting: number;
  talking: number;
  answered: number;
}

export interface ViewCounts {
  due: number;
  done: number;
  open: number;
  alerts: number;
}

/** Shows the calls as they go: a picture that renews itself on a terminal, lines elsewhere. */
export class DemoView {
  readonly #out: NodeJS.WriteStream;
  readonly #live = new Map<string, { name: string; what: string; since: number }>();
  #names: ReadonlyMap<number, string> = new Map();
  #drawn = 0;
  #saidAt = 0;
  readonly #startedAt = performance.now();

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  knows(names: ReadonlyMap<number, string>): void {
    this.#names = names;
  }

  step(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
  }

  /** The terminal has gone to a new line by itself. */
  lineWasTyped(): void {
    if (this.#drawn > 0) this.#drawn += 1;
  }

  /** A step that takes long says how far it is. */
  progress(text: string): void {
    if (this.#out.isTTY) {
      this.#clear();
      this.#out.write(`${text}\n`);
      this.#drawn = 1;
    } else if (performance.now() - this.#saidAt > 5000) {
      this.#saidAt = performance.now();
      this.#out.write(`${text}\n`);
    }
  }

  watch: CallWatcher = (news) => {
    const name = this.#names.get(news.subscriberId) ?? `#${news.subscriberId}`;
    if (news.what === 'ended') {
      this.#live.delete(news.attemptId);
      if (!this.#out.isTTY)
        this.#out.write(
          `  ${padColumns(name, 16)} ${outcomeWords[news.detail ?? ''] ?? news.detail ?? ''}\n`,
        );
      return;
    }
    const said = news.what === 'key' ? `お返事: ${news.detail ?? ''}` : words[news.what];
    this.#live.set(news.attemptId, { name, what: said, since: performance.now() });
  };

  draw(counts: ViewCounts, hotline: HotlineCounts): void {
    const elapsed = Math.round((performance.now() - this.#startedAt) / 1000);
    const line = `予定 ${counts.due}人　済み ${counts.done}人　まだ ${counts.open}人　お知らせ ${counts.alerts}件　${elapsed}秒　${this.#timeLeft(counts, elapsed)}`;
    const hotlineLine = `相談電話 待っている人 ${hotline.waiting}人　お話し中 ${hotline.talking}人　応答 ${hotline.answered}件`;
    if (!this.#out.isTTY) {
      if (performance.now() - this.#saidAt < 10_000) return;
      this.#saidAt = performance.now();
      this.#out.write(`${line}\n${hotlineLine}\n`);
      return;
    }
    this.#clear();
    const width = this.#out.columns > 0 ? this.#out.columns : 80;
    const rows = [...this.#live.values()].slice(0, 20).map(({ name, what, since }) => {
      const seconds = Math.round((performance.now() - since) / 1000);
      return `  ${padColumns(name, 18)} ${padColumns(what, 14)} ${seconds}秒`;
    });
    const bar = progressBar(counts.done, counts.due, Math.min(40, width - 4));
    const picture = [line, bar, hotlineLine, ...rows];
    this.#out.write(`${picture.join('\n')}\n`);
    this.#drawn = picture.length;
  }

  #timeLeft({ open }: ViewCounts, elapsed: number): string {
    // The last ones are the silent ones, who are asked twice in each of two calls: they set the pace, not the number left.
    return open === 0 ? '' : `あと およそ${Math.max(5, usualSeconds - elapsed)}秒`;
  }

  #clear(): void {
    if (this.#drawn > 0) this.#out.write(`\x1b[${this.#drawn}A\x1b[J`);
    this.#drawn = 0;
  }
}

function progressBar(done: number, all: number, width: number): string {
  const full = all === 0 ? 0 : Math.round((done / all) * width);
  return `[${'#'.repeat(full)}${'.'.repeat(Math.max(0, width - full))}]`;
}
