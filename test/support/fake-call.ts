import type { CallEnd, Heard, Listening, PhoneCall } from '../../src/checkins/phone.js';

/** What the person does when spoken to: a key such as `1`, or `silence`, `hungUp` or `linkLost`. */
export type Reaction = string;

/** A person at the phone who reacts to each thing said in turn, and is silent when nothing is left. */
export class FakeCall implements PhoneCall {
  readonly attemptId = 'attempt-1';
  readonly answered = Promise.resolve('answered' as const);
  readonly ended: Promise<CallEnd>;
  readonly ringingAt = new Date(0);
  readonly answeredAt = new Date(0);
  /** What was said, one entry each time. */
  readonly said: string[][] = [];
  readonly #reactions: Reaction[];
  #over: 'hungUp' | 'linkLost' | undefined;
  #end!: (end: CallEnd) => void;

  constructor(reactions: readonly Reaction[]) {
    this.#reactions = [...reactions];
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  ask(sounds: readonly string[], { ignoring = '' }: Listening): Promise<Heard> {
    if (this.#over) return Promise.resolve({ kind: this.#over });
    this.said.push([...sounds]);
    return Promise.resolve(this.#next(ignoring));
  }

  /** A key that means nothing does not stop the sound: what the person does next counts. */
  #next(ignoring: string): Heard {
    for (let reaction = this.#reactions.shift(); reaction !== undefined; reaction = this.#reactions.shift()) {
      if (reaction === 'silence') return { kind: 'silence' };
      if (reaction === 'hungUp' || reaction === 'linkLost') {
        this.#over = reaction;
        return { kind: reaction };
      }
      if (!ignoring.includes(reaction)) return { kind: 'key', digit: reaction, at: new Date(0) };
    }
    return { kind: 'silence' };
  }

  hangUp(): Promise<void> {
    this.#over ??= 'hungUp';
    this.#end({
      kind: 'ended',
      started: true,
      reason: 'normal',
      cause: 16,
      sipStatus: undefined,
      hungUpBy: 'us',
      at: new Date(0),
      longestTalkSeconds: 0,
    });
    return Promise.resolve();
  }
}
