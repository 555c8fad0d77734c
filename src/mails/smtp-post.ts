import { createTransport } from 'nodemailer';
import type { MailPost, PostAnswer } from './mail-post.js';

export interface SmtpSettings {
  host: string;
  port: number;
  /** `tls` from the first byte, `starttls` and nothing without it, `none` only on one's own machine. */
  security: 'tls' | 'starttls' | 'none';
  user: string | undefined;
  password: string;
  from: string;
}

/** Mail over SMTP. Nothing of a mail's words is logged, and a server that hangs is one that is down. */
export function smtpPost({ host, port, security, user, password, from }: SmtpSettings): MailPost {
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ recipient, subject, body }) {
      try {
        // As an object: text is never read as a list of addresses.
        await transport.sendMail({ from, to: { name: '', address: recipient }, subject, text: body });
        return { kind: 'sent' };
      } catch (error) {
        return answerOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function answerOf(error: unknown): PostAnswer {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const fault = [code ?? 'unknown', responseCode].filter((part) => part !== undefined).join(' ');
  // What is said about the recipient or the words is about this mail; all else is about the server and us.
  const ofThisMail = command === 'RCPT TO' || command === 'DATA' || code === 'EMESSAGE';
  if (!ofThisMail || responseCode === undefined) return { kind: 'down', fault };
  return responseCode >= 500 ? { kind: 'refused', fault } : { kind: 'later', fault };
}
