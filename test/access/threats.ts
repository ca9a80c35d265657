/** One row of the threat table: what an attacker tries, what stops it, and where that stands. */
export interface Threat {
  id: `T${number}`;
  threat: string;
  check: string;
  where: readonly string[];
  /** The browser decides: what was tried in Chromium says nothing of another engine. */
  browser?: true;
}

const access = (...names: string[]) => names.map((name) => `server/access/${name}.ts`);
const http = (...names: string[]) => names.map((name) => `server/http/${name}.ts`);

export const threats: readonly Threat[] = [
  {
    id: 'T1',
    threat: 'A token with `alg` none, another spelling, or another kind of key',
    check: 'One algorithm an issuer, fixed in the operator’s list, compared exactly',
    where: access('verify', 'marketplaces'),
  },
  {
    id: 'T2',
    threat: 'Header members that bring or name a key (`jwk`, `jku`, `x5u`, `crit`, `b64` …)',
    check: 'The header has exactly `alg`, `typ`, `kid`; nothing is asked for before that',
    where: access('compact-token'),
  },
  {
    id: 'T3',
    threat: 'A session token where a lifecycle token is due, or the reverse',
    check: 'Own `typ`, own `aud`, own required and forbidden claims',
    where: access('claims', 'signed-call'),
  },
  {
    id: 'T4',
    threat: 'A token made for another app or marketplace',
    check: '`iss` and `aud` are exact texts; a list of audiences is refused',
    where: access('signed-call'),
  },
  {
    id: 'T5',
    threat: 'Times missing, of another type, far away, or a long life',
    check: 'Every claim of the kind is required; life at most 60 s, clocks may differ by 10 s',
    where: access('claims', 'signed-call'),
  },
  {
    id: 'T6',
    threat: 'Requests of ours sent to an address of the attacker’s choice',
    check:
      '`iss` only selects; the API’s origin is on the operator’s list; one way out, to addresses on the internet that were looked at before they are connected to',
    where: [
      ...access('verify', 'lifecycle', 'egress', 'addresses', 'self-hosted'),
      'server/network.ts',
    ],
  },
  {
    id: 'T7',
    threat: 'A key set that is poisoned, weak, huge, slow or elsewhere',
    check: 'Pinned address, limits on size, time and count; one unsuitable key refuses the set',
    where: access('key-set', 'key-strength'),
  },
  {
    id: 'T8',
    threat: 'Rotation locks everybody out, or a stolen key stays good',
    check: 'One read in 30 s for an unknown key, the last good set for an hour, denied key ids',
    where: access('key-set'),
  },
  {
    id: 'T9',
    threat: 'A key id that is a path or a query',
    check: 'A closed alphabet of 64 characters; it is only ever looked up in a map',
    where: access('compact-token', 'key-set'),
  },
  {
    id: 'T10',
    threat: 'A token used twice, also at the same time',
    check: 'One use of each `jti`: in the transaction of its effect, or in memory since the start',
    where: access('replay', 'lifecycle'),
  },
  {
    id: 'T11',
    threat: 'A retry that loses or doubles an event',
    check: 'One effect an `eid`, and its answer kept',
    where: access('lifecycle'),
  },
  {
    id: 'T12',
    threat: 'Another body under a good token',
    check: 'The token has the hash of the raw bytes; they are parsed after it is compared',
    where: access('signed-call'),
  },
  {
    id: 'T13',
    threat: 'Another method, path or host; forwarded headers that lie',
    check: '`htm` and `htu` are compared with the configured address; `Host` decides nothing',
    where: [...access('signed-call'), ...http('request-checks', 'caller')],
  },
  {
    id: 'T14',
    threat: 'A new install takes over a live tenant',
    check: 'A live installation is never replaced; a later one names the one before',
    where: access('lifecycle-rules'),
  },
  {
    id: 'T15',
    threat: 'Events out of order or at the same time',
    check: '`seq`, a terminal end, one transaction',
    where: access('lifecycle-rules', 'lifecycle'),
  },
  {
    id: 'T16',
    threat: 'Sessions, streams or queued work outlive the installation',
    check: 'The epoch is compared on every call, every second of a stream, and when work runs',
    where: [
      ...access('sessions', 'installations'),
      ...http('routes/stream'),
      'server/sync/enabled.ts',
    ],
  },
  {
    id: 'T17',
    threat: 'Old secrets come back with a new install',
    check: 'An uninstall deletes secrets and the key that opened them',
    where: access('lifecycle', 'vault'),
  },
  {
    id: 'T18',
    threat: 'An unknown marketplace, or a test key in production',
    check: 'An allow-list; `env` of the token equals the entry’s; a sandbox never beside https',
    where: [...access('signed-call', 'marketplaces'), 'server/env.ts'],
  },
  {
    id: 'T19',
    threat: 'Another tenant’s things by their ids',
    check: 'The tenant comes from the session alone; an id is looked up inside it',
    where: http('desk', 'guard'),
  },
  {
    id: 'T20',
    threat: 'The same ids in two marketplaces taken for one',
    check: 'A tenant is (marketplace, id), a person (tenant, id), a token id (issuer, id)',
    where: [...access('replay'), ...http('routes/session')],
  },
  {
    id: 'T21',
    threat: 'A role too high, unknown, or from yesterday',
    check: 'Each route names its role; dangerous ones ask for a proof at most 60 s old',
    where: [...access('roles'), ...http('guard', 'route')],
  },
  {
    id: 'T22',
    threat: 'A token for one thing used for another',
    check: 'No page is about one thing: a token that is, opens nothing',
    where: access('signed-call'),
  },
  {
    id: 'T23',
    threat: 'A stranger frames the app',
    check: 'Exact ancestors of the marketplace; nobody for any other page or error',
    where: [...access('signed-call'), ...http('headers', 'routes/embed')],
  },
  {
    id: 'T24',
    threat: 'Messages between windows forged or overheard',
    check: 'Origin, window and nonce are compared; every target is named',
    where: ['ui/host.ts', 'ui/connect/messages.ts'],
    browser: true,
  },
  {
    id: 'T25',
    threat: 'A token in an address, a file, a log or the page’s storage',
    check: 'Tokens travel in one header and live in memory',
    where: [...http('guard', 'signed-request'), ...access('secret')],
  },
  {
    id: 'T26',
    threat: 'Another site makes the browser call us',
    check: 'No cookie counts, foreign `Origin` and `Sec-Fetch-Site` are refused, no CORS header',
    where: http('request-checks'),
  },
  {
    id: 'T27',
    threat: 'A script in the page takes the token',
    check: 'Nothing inline, Trusted Types, no HTML made from text',
    where: http('headers'),
  },
  {
    id: 'T28',
    threat: 'A browser that keeps nothing for a frame of another site',
    check: 'The frame needs no cookie and no storage',
    where: ['ui/session.ts'],
    browser: true,
  },
  {
    id: 'T29',
    threat: 'A stranger’s code or state in the OAuth answer',
    check: '`state` once, a cookie of the same browser, PKCE',
    where: access('flows', 'flow-table'),
  },
  {
    id: 'T30',
    threat: 'A mailed link makes a victim connect their books to the sender',
    check:
      'Bound to person and browser before leaving, finished as the same person inside the frame',
    where: [...access('flows', 'flow-table'), ...http('routes/connect')],
  },
  {
    id: 'T31',
    threat: 'The answer of one vendor at the address of another',
    check: 'An address a vendor, compared with the flow’s',
    where: access('flows'),
  },
  {
    id: 'T32',
    threat: 'Another company in the callback’s query',
    check: 'The query only asks; the vendor’s answer to the new tokens decides',
    where: access('flows'),
  },
  {
    id: 'T33',
    threat: 'The app sends a person on to a foreign page',
    check: 'No answer has a `Location`; nothing from input becomes an address',
    where: http('routes/connect', 'app'),
  },
  {
    id: 'T34',
    threat: 'The popup is closed, blocked or cut off from the frame',
    check:
      'It keeps its opener where the host allows; the frame asks the app, and says what happened',
    where: [...http('headers'), 'ui/state/connect.ts'],
    browser: true,
  },
  {
    id: 'T35',
    threat: 'Two renewals of a token at once lose the grant',
    check: 'One renewal a connection, under its lease, stored before it is used',
    where: ['server/sync/tokens.ts'],
  },
  {
    id: 'T36',
    threat: 'Ciphertext moved to another place; a nonce twice',
    check: 'A key a tenant, random nonces, the place is inside the authenticated header',
    where: access('vault', 'tenant-keys'),
  },
  {
    id: 'T37',
    threat: 'Rotation of the master key loses secrets or keeps old keys in use',
    check:
      'Versions; the newest wraps, older ones only open until all is wrapped anew; a start without one in use, or with another, is refused',
    where: access('tenant-keys', 'master-keys', 'keyring', 'rotation'),
  },
  {
    id: 'T38',
    threat: 'Huge, deep or many tokens and bodies',
    check:
      'Limits of size, time, shape and rate before work; nothing is remembered of what is not proven',
    where: [
      ...access('signed-call', 'compact-token', 'replay', 'bounded-body'),
      ...http('limits', 'json-shape', 'listen'),
    ],
  },
  {
    id: 'T39',
    threat: 'Forged log lines; a secret in an error',
    check:
      'Claims of visible characters; one error form that repeats nothing; secrets print a placeholder',
    where: [...access('claims', 'secret'), ...http('reply', 'app')],
  },
  {
    id: 'T40',
    threat: 'The trail of what happened is edited',
    check: 'Each entry has the hash of the one before, and the end is sealed under the master key',
    where: access('audit-chain', 'audit-trail', 'audit-check'),
  },
  {
    id: 'T41',
    threat: 'A debug switch in production',
    check:
      'There is none; the environment is read in one place, by a schema; certificates are always checked',
    where: ['server/env.ts', 'server/main.ts', 'server/network.ts'],
  },
];
