import { createTransport } from 'nodemailer';
import { AppError, retryLater, saidMax } from '../domain/errors.ts';
import type { Mail } from '../domain/mail.ts';
import type { Mailer } from '../domain/ports/mailer.ts';

/** A mail server that does not answer within these is not there (RFC 5321 allows minutes; nobody waits so long here). */
const connectMs = 10_000;
const answerMs = 20_000;

/**
 * Sends by SMTP (nodemailer: the library of the trade, no dependencies). `url` is `smtps://user:password@host`
 * or `smtp://…`, which must switch to TLS before anything is sent, except on loopback in a sandbox.
 */
export function createSmtpMailer({
  url,
  from,
  plain,
}: {
  url: string;
  from: string;
  plain: boolean;
}): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: answerMs,
      ...(plain ? { ignoreTLS: true } : { requireTLS: true }),
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    send: async ({ to, subject, text, html, replyTo }: Mail) => {
      try {
        await transport.sendMail({
          to: [...to],
          subject,
          text,
          html,
          // RFC 3834: an answering machine shall not answer.
          headers: {
            'Auto-Submitted': 'auto-generated',
            // RFC 2369: a mail program offers to stop them, by a mail to whoever sends them.
            ...(replyTo ? { 'List-Unsubscribe': `<mailto:${replyTo}?subject=unsubscribe>` } : {}),
          },
          ...(replyTo ? { replyTo } : {}),
        });
      } catch (error) {
        throw mailError(error);
      }
    },
  };
}

function mailError(error: unknown): AppError {
  const facts = typeof error === 'object' && error !== null ? error : {};
  const response = 'response' in facts ? String(facts.response).slice(0, saidMax) : null;
  const status = 'responseCode' in facts ? Number(facts.responseCode) : 0;
  // 4yz is for now, 5yz is for good (RFC 5321 4.2.1).
  if (status >= 500) return new AppError('mail.refused', { said: response, cause: error });
  // Cut off later than that, the server may have taken the mail before its answer was lost (4.2.5).
  const code = status >= 400 || wasNeverReached(facts) ? 'mail.unreachable' : 'mail.unclear';
  return new AppError(code, { said: response, retry: retryLater(), cause: error });
}

/** Errors of a connection that never came to be: no name, no socket, no greeting, no TLS. */
const beforeTheFirstWord = new Set(['EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED']);
function wasNeverReached(facts: object): boolean {
  const told = (name: string): string => {
    const value: unknown = Reflect.get(facts, name);
    return typeof value === 'string' ? value : '';
  };
  return (
    beforeTheFirstWord.has(told('code')) ||
    told('syscall') === 'connect' ||
    told('syscall') === 'getaddrinfo' ||
    /^(Connection timeout|Greeting never received)/.test(told('message'))
  );
}
