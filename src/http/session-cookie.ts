import type { Response } from 'express';

/**
 * The cookie that carries the token of a session. Never given to scripts nor to requests from other sites, the
 * first click from a mail among them: pages are the same for everybody, and what they ask then comes from
 * ourselves. It ends with the browser. Behind HTTPS its name forbids any other host or path to set it.
 */
export class SessionCookie {
  readonly name: string;
  readonly #secure: boolean;

  constructor({ https }: { https: boolean }) {
    this.#secure = https;
    this.name = https ? '__Host-genkidesu' : 'genkidesu';
  }

  /** The token in a request's `Cookie` header. */
  read(header: string | undefined): string | undefined {
    for (const part of (header ?? '').split(';')) {
      const [name, value] = part.trim().split('=', 2);
      if (name === this.name && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
    }
    return undefined;
  }

  give(response: Response, token: string): void {
    response.cookie(this.name, token, this.#options());
  }

  takeAway(response: Response): void {
    response.clearCookie(this.name, this.#options());
  }

  #options() {
    return { httpOnly: true, secure: this.#secure, sameSite: 'strict', path: '/' } as const;
  }
}
