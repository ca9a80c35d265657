import { SMTPServer } from 'smtp-server';
import type { Mailbox } from './mailbox.ts';

const MESSAGE_BYTES_MAX = 1_000_000;

/**
 * A mail server on loopback (RFC 5321, by the `smtp-server` package) that takes what anybody sends and
 * delivers it nowhere but into the mailbox. The answer closes it.
 */
export async function serveMail(
  mailbox: Mailbox,
  { hostname, port }: { hostname: string; port: number },
): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MESSAGE_BYTES_MAX,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal('552 The message is too large'));
        if (mailbox.refuses) return done(refusal('550 This mailbox takes nothing now'));
        mailbox.take(Buffer.concat(chunks)).then(
          () => done(),
          () => done(refusal('554 The message cannot be read')),
        );
        return undefined;
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => resolve());
  });
  // A client that hangs up in the middle is no fault of the server.
  server.on('error', () => undefined);
  return () => new Promise((resolve) => server.close(() => resolve()));
}

const refusal = (answer: string): Error =>
  Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
