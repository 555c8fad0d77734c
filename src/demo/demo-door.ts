import type { ReadStream } from 'node:tty';
import { roleNames } from '../cli/role-names.js';
import { alignedLines } from '../cli/wide-text.js';
import type { UserLinks } from '../users/user-links.js';
import type { DemoUser } from './demo-users.js';
import type { DemoView } from './demo-view.js';
import { isInForeground } from './foreground.js';

export interface DemoDoorParts {
  view: Pick<DemoView, 'step' | 'lineWasTyped'>;
  /** Where the pages are, without a slash at the end. */
  baseUrl: string;
}

/** The way to the demo's pages: a link for each role, which opens once, and fresh ones when Enter is pressed. */
export class DemoDoor {
  readonly #parts: DemoDoorParts;
  #listensTo: ReadStream | undefined;
  #opened: { links: Pick<UserLinks, 'createLoginLink'>; users: readonly DemoUser[] } | undefined;

  constructor(parts: DemoDoorParts) {
    this.#parts = parts;
  }

  /** From now on this service lets people in; undefined while none does. */
  opensTo(opened: { links: Pick<UserLinks, 'createLoginLink'>; users: readonly DemoUser[] } | undefined) {
    this.#opened = opened;
  }

  /** Prints the address of the wallboard, and a fresh link for each role; older ones open nothing any more. */
  async tell(): Promise<void> {
    const { view, baseUrl } = this.#parts;
    if (!this.#opened) {
      view.step(
        'いまはサービスを止めて試しているところです。少し待ってから、もう一度 Enter を押してください。',
      );
      return;
    }
    const { links, users } = this.#opened;
    const rows: string[][] = [];
    for (const { id, role } of users)
      rows.push([`  ${roleNames[role]}`, role, await links.createLoginLink(id)]);
    view.step(
      [
        `\n■ 画面を見る / wallboard: ${baseUrl}/wallboard`,
        '次のリンクで、その役割の人として画面に入れます（この機械から1回だけ、60分間。デモだけの入り方です）。',
        'One-time login links, for this demo alone; one role at a time in one browser:',
        ...alignedLines(rows),
        ...(this.#listensTo
          ? ['Enter を押すと、新しいリンクを出します。 / Press Enter for fresh links.']
          : []),
        '',
      ].join('\n'),
    );
  }

  /** Tells fresh links at each Enter, where a person sits at a terminal that is ours alone. */
  listenTo(input: ReadStream | NodeJS.ReadStream): void {
    if (!input.isTTY || !isInForeground()) return;
    this.#listensTo = input;
    input.on('data', this.#onTyped);
  }

  /** The process can end: nothing is waited for any more. */
  close(): void {
    this.#listensTo?.off('data', this.#onTyped);
    this.#listensTo?.pause();
    this.#listensTo = undefined;
  }

  readonly #onTyped = (): void => {
    this.#parts.view.lineWasTyped();
    // A database that is closing must not end the demo with a fault.
    this.tell().catch(() => undefined);
  };
}
