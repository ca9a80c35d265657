import { type Judgement, queryProblems, type Sent, templateOf } from './judged.ts';
import { describedPaths, operationOf, requestErrors } from './xero.ts';

const API = '/api.xro/2.0';
const KEY_LENGTH_MAX = 128;

/** How a request to Xero keeps to its descriptions: the Accounting API, the identity service, and OAuth at the login. */
export function judgeXero(sent: Sent): Judgement {
  const { method, url } = sent;
  if (!url.pathname.startsWith(`${API}/`)) return judgeAccess(sent);
  const path = url.pathname.slice(API.length);
  const template = templateOf(describedPaths(method), path);
  const name = `${method} ${template ?? path}`;
  const operation = template === undefined ? undefined : operationOf(method, template);
  if (template === undefined || !operation)
    return { operation: name, problems: ['is not described'] };
  const query = operation.parameters.filter((one) => one.in === 'query');
  return {
    operation: name,
    problems: [
      ...headerProblems(sent),
      ...queryProblems(url, Object.fromEntries(query.map((one) => [one.name, one.schema]))),
      ...requestErrors(method, template, sent.body === '' ? undefined : JSON.parse(sent.body)),
    ],
  };
}

function headerProblems({ headers, method, body, url }: Sent): string[] {
  const accepted = url.pathname.endsWith('/pdf') ? ['application/pdf'] : ['application/json'];
  const key = headers.get('idempotency-key');
  const since = headers.get('if-modified-since');
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return [
    ...(headers.get('authorization')?.startsWith('Bearer ') ? [] : ['no Bearer token']),
    ...(guid.test(headers.get('xero-tenant-id') ?? '') ? [] : ['xero-tenant-id is not a GUID']),
    // Without it the API speaks XML.
    ...(accepted.includes(headers.get('accept') ?? '') ? [] : ['Accept names no described form']),
    ...(body === '' || headers.get('content-type')?.startsWith('application/json')
      ? []
      : ['the body is not sent as JSON']),
    ...(key === null || (method !== 'GET' && key !== '' && key.length <= KEY_LENGTH_MAX)
      ? []
      : ['the Idempotency-Key has the wrong length or place']),
    ...(since === null || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$/.test(since)
      ? []
      : ['If-Modified-Since is not UTC to the second']),
  ];
}

/** xero-identity.yaml, and RFC 6749 and 7009 at the token endpoints: a confidential app, its secret in a Basic header. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri', 'code_verifier'],
  refresh_token: ['grant_type', 'refresh_token'],
  revocation: ['token', 'token_type_hint'],
};

function judgeAccess({ method, url, headers, body }: Sent): Judgement {
  const name = `${method} ${url.pathname}`;
  const path = url.pathname.toLowerCase();
  if (path === '/connections' && method === 'GET')
    return {
      operation: 'GET /connections',
      problems: queryProblems(url, { authEventId: { type: 'string', format: 'uuid' } }),
    };
  if (path.startsWith('/connections/') && method === 'DELETE')
    return {
      operation: 'DELETE /connections/{id}',
      problems: body === '' ? [] : ['takes no body'],
    };
  if (method !== 'POST' || (path !== '/connect/token' && path !== '/connect/revocation'))
    return { operation: name, problems: ['is not described'] };
  const form = new URLSearchParams(body);
  const kind = path === '/connect/token' ? (form.get('grant_type') ?? '') : 'revocation';
  const known = FORMS[kind] ?? [];
  const type = headers.get('content-type') ?? '';
  return {
    operation:
      path === '/connect/token' ? `POST /connect/token ${kind}` : 'POST /connect/revocation',
    problems: [
      ...[...form.keys()].flatMap((one) => (known.includes(one) ? [] : [`${one} is not known`])),
      ...(headers.get('authorization')?.startsWith('Basic ') ? [] : ['no Basic login']),
      ...(type.startsWith('application/x-www-form-urlencoded') ? [] : [`is sent as "${type}"`]),
    ],
  };
}
