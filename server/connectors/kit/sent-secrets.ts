import type { HttpRequest } from './http.ts';

const hidden = '[hidden]';
/** Shorter values are words such as `true`, which an answer may well say. */
const secretMinLength = 8;
const plainHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'user-agent']);

type Sent = Pick<HttpRequest, 'headers' | 'body'>;

/**
 * The text of a refusal without what the call proved itself with: a server that says back what it was
 * sent, as error pages for developers do, must not bring a key to a screen, a log or a mail.
 */
export function withoutSent(text: string, sent: Sent): string {
  return secretsOf(sent)
    .flatMap(spellings)
    .reduce((kept, secret) => kept.replaceAll(secret, hidden), text);
}

/** As it is, in JSON, in an address and in a form. */
const spellings = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  new URLSearchParams({ '': secret }).toString().slice(1),
];

/** The longest first: one may be a part of another. */
const secretsOf = ({ headers = {}, body }: Sent): string[] =>
  [
    ...Object.entries(headers).flatMap(([name, value]) =>
      plainHeaders.has(name.toLowerCase()) ? [] : [value, ...partsOf(value)],
    ),
    ...formValues(headers, body),
  ]
    .filter((value) => value.length >= secretMinLength)
    .sort((a, b) => b.length - a.length);

/** What stands behind the scheme of an `Authorization`, and what Basic packs (RFC 7617, 2). */
function partsOf(value: string): string[] {
  const [, scheme = '', rest = ''] = /^(Basic|Bearer) (\S+)$/i.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [rest];
  const login = Buffer.from(rest, 'base64').toString();
  const colon = login.indexOf(':');
  const password = login.slice(colon + 1);
  return [rest, login, login.slice(0, colon), password, decoded(password)];
}

/** Both halves of a client's login are form-encoded before they are joined (RFC 6749, 2.3.1). */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A grant is sent as a form: codes, refresh tokens, verifiers. */
function formValues(headers: NonNullable<Sent['headers']>, body: Sent['body']): string[] {
  const isForm = headers['Content-Type'] === 'application/x-www-form-urlencoded';
  return isForm && typeof body === 'string' ? [...new URLSearchParams(body).values()] : [];
}
