import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmtpMailer } from '../../server/mailer/smtp.ts';
import { freePort } from '../kit/free-port.ts';
import { createSandboxClock } from '../sandbox/clock.ts';
import { createMailbox } from '../sandbox/mail/mailbox.ts';
import { serveMail } from '../sandbox/mail/server.ts';

const hostname = '127.0.0.1';
const mailbox = createMailbox(createSandboxClock({ startMs: Date.UTC(2026, 10, 23) }));
let port = 0;
let close = async (): Promise<void> => {};
beforeAll(async () => {
  port = await freePort();
  close = await serveMail(mailbox, { hostname, port });
});
afterAll(() => close());

const from = 'Ledgerport <post@ledgerport.example>';
const letter = {
  to: ['owner@bluegum.example', 'billing@bluegum.example'],
  subject: 'Ledgerport: 3 Aufträge, “naïve”',
  text: 'Zeile 1\n.\nZeile 3: 12,50 €',
  html: '<p>12,50 €</p>',
};
const mailer = (url = `smtp://${hostname}:${port}`, plain = true) =>
  createSmtpMailer({ url, from, plain });

test('a mail arrives whole, in both forms, at everybody it is for', async () => {
  await mailer().send(letter);
  const [arrived] = mailbox.mails().slice(-1);
  expect(arrived).toMatchObject({
    from: 'post@ledgerport.example',
    to: letter.to,
    subject: letter.subject,
    html: expect.stringContaining('12,50 €'),
  });
  expect(arrived?.text.trim().replaceAll('\r\n', '\n')).toBe(letter.text);
});

test('a refusal is told in the server’s words, and nothing arrived', async () => {
  const before = mailbox.mails().length;
  mailbox.refuses = true;
  await expect(mailer().send(letter)).rejects.toMatchObject({
    code: 'mail.refused',
    said: expect.stringMatching(/^550 /),
  });
  mailbox.refuses = false;
  expect(mailbox.mails()).toHaveLength(before);
});

test('a server that is not there is tried again later', async () => {
  await expect(mailer(`smtp://${hostname}:${await freePort()}`).send(letter)).rejects.toMatchObject(
    { code: 'mail.unreachable', retry: { kind: 'later' } },
  );
});

test('V12.3.1: outside a sandbox nothing is sent to a server that does not speak TLS', async () => {
  const before = mailbox.mails().length;
  const strict = mailer(`smtp://user:secret@${hostname}:${port}`, false);
  await expect(strict.send(letter)).rejects.toMatchObject({ code: /^mail\./ });
  expect(mailbox.mails()).toHaveLength(before);
});

test('V1.3.11, V1.2.1: a name with a line break in it adds no header and no recipient', async () => {
  await mailer().send({ ...letter, subject: 'Hello\r\nBcc: thief@example.com' });
  const [arrived] = mailbox.mails().slice(-1);
  expect(arrived?.to).toEqual(letter.to);
  expect(arrived?.subject).not.toMatch(/[\r\n]/);
});

test('a server that goes away after it was given the mail leaves nobody sure of it', async () => {
  const dies = createServer((socket) => {
    socket.write('220 here\r\n');
    let inData = false;
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (inData) {
        // It has the whole mail and never says what it did with it.
        if (text.includes('\r\n.\r\n')) socket.destroy();
        return;
      }
      inData = /^DATA/im.test(text);
      socket.write(inData ? '354 go on\r\n' : '250 fine\r\n');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => dies.listen(0, hostname, done));
  const address = dies.address();
  const at = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(mailer(`smtp://${hostname}:${at}`).send(letter)).rejects.toMatchObject({
    code: 'mail.unclear',
  });
  await new Promise((done) => dies.close(done));
});

test('a letter to a customer says where an answer and a wish for no more go', async () => {
  await mailer().send({ ...letter, replyTo: 'office@bluegum.example' });
  const [arrived] = mailbox.mails().slice(-1);
  expect(arrived?.replyTo).toBe('office@bluegum.example');
  expect(arrived?.unsubscribe).toBe('<mailto:office@bluegum.example?subject=unsubscribe>');
});
