import * as v from 'valibot';
import { isLoopback, type MarketplaceEntry, marketplacesSchema } from './access/marketplaces.ts';
import { type MasterKey, masterKeysSchema } from './access/master-keys.ts';
import { type SelfHosted, selfHostedSchema } from './access/self-hosted.ts';
import { connectors } from './connectors/index.ts';
import type { OAuthClient } from './domain/ports/system-access.ts';

export interface Environment {
  /** The one origin that browsers and marketplaces know, without a trailing slash. */
  publicUrl: string;
  host: string;
  port: number;
  dataDir: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Start on data older than the newest the store knows of (facts of the store). */
  acceptBackup: boolean;
  /** Months that an entry of the Action log stays in its pages; older ones are in the archive. */
  logMonths: number;
  /** How many reverse proxies stand in front and append to `X-Forwarded-For`. */
  proxyHops: number;
  /** The mail server and whom mails are from; null where the operator has none. */
  mail: { url: string; from: string } | null;
  marketplaces: MarketplaceEntry[];
  masterKeys: MasterKey[];
  /** Hosts of systems that somebody runs themselves, which may be called beside the vendors' own. */
  selfHosted: SelfHosted[];
  /** By system id (`XERO_CLIENT_ID` is `xero`): our OAuth app there, and other addresses in a sandbox. */
  systems: Readonly<Record<string, SystemEnvironment>>;
}
export interface SystemEnvironment {
  client: OAuthClient;
  /** `XERO_TOKEN_URL` is `token`. Empty outside a sandbox. */
  urls: Readonly<Record<string, string>>;
  /** What the system signs its hints with (`XERO_WEBHOOK_KEY`); null where the operator set none up. */
  webhookKey: string | null;
}

const wholeNumber = (max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,6}$/, 'must be a whole number'),
    v.transform(Number),
    v.maxValue(max, `must be at most ${max}`),
  );
const publicUrlSchema = v.pipe(
  v.string(),
  v.check(
    (text) => URL.parse(text)?.origin === text,
    'must be an origin such as https://app.example.com',
  ),
  v.check((text) => {
    const url = URL.parse(text);
    return (
      url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
    );
  }, 'must be https, or http on loopback in a sandbox'),
);
const json = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      const parsed: unknown = JSON.parse(dataset.value);
      return parsed;
    } catch {
      addIssue({ message: 'must be JSON, or the path of a JSON file' });
      return NEVER;
    }
  }),
);

/** `smtps://user:password@host:465`, or `smtp://` where the server switches to TLS by itself (STARTTLS). */
const smtpUrlSchema = v.pipe(
  v.string(),
  v.check((text) => {
    const url = URL.parse(text);
    return url !== null && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '';
  }, 'must be smtps://user:password@host or smtp://…'),
);

const schema = v.object({
  PUBLIC_URL: publicUrlSchema,
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(wholeNumber(65_535), '8080'),
  DATA_DIR: v.pipe(v.string(), v.minLength(1, 'must name a folder')),
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent']), 'info'),
  ACCEPT_BACKUP: v.optional(v.picklist(['yes', 'no']), 'no'),
  LOG_MONTHS: v.optional(v.pipe(wholeNumber(1_200), v.minValue(1, 'must be at least 1')), '36'),
  PROXY_HOPS: v.optional(wholeNumber(5), '0'),
  SMTP_URL: v.optional(smtpUrlSchema),
  MAIL_FROM: v.optional(
    v.pipe(v.string(), v.maxLength(320), v.regex(/^[^\r\n]*@[^\r\n]*$/, 'must be a mail address')),
  ),
  MARKETPLACES: v.pipe(json, marketplacesSchema),
  MASTER_KEYS: masterKeysSchema,
  SELF_HOSTED: v.optional(selfHostedSchema, ''),
});

export type EnvironmentValues = Readonly<Record<string, string | undefined>>;

/** Names every fault of the environment at once; a value is never repeated. */
export class EnvironmentError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The environment cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'EnvironmentError';
    this.faults = faults;
  }
}

/**
 * The environment as the app uses it. `values` has `MARKETPLACES` as JSON text already (`main` reads
 * the file where it is a path). Throws EnvironmentError with every fault.
 */
export function readEnvironment(values: EnvironmentValues): Environment {
  const result = v.safeParse(schema, present(values));
  const faults = result.success ? [] : result.issues.map(faultOf);
  const { systems, faults: systemFaults } = readSystems(values);
  faults.push(...systemFaults);
  if (!result.success) throw new EnvironmentError(faults);
  const env = result.output;
  const sandbox = env.MARKETPLACES.some((entry) => entry.env === 'sandbox');
  const isPublic = env.PUBLIC_URL.startsWith('https:');
  if (sandbox && isPublic)
    faults.push('MARKETPLACES: a sandbox marketplace cannot stand beside an https PUBLIC_URL');
  if (!sandbox && !isPublic) faults.push('PUBLIC_URL: must be https outside a sandbox');
  if ((env.SMTP_URL === undefined) !== (env.MAIL_FROM === undefined))
    faults.push('SMTP_URL, MAIL_FROM: both or neither');
  for (const [id, { urls }] of Object.entries(systems))
    if (!sandbox && Object.keys(urls).length > 0)
      faults.push(`${id.toUpperCase()}_…_URL: other addresses are for a sandbox only`);
  if (faults.length > 0) throw new EnvironmentError(faults);
  return {
    publicUrl: env.PUBLIC_URL,
    host: env.HOST,
    port: env.PORT,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    acceptBackup: env.ACCEPT_BACKUP === 'yes',
    logMonths: env.LOG_MONTHS,
    proxyHops: env.PROXY_HOPS,
    mail: mailOf(env.SMTP_URL, env.MAIL_FROM),
    marketplaces: env.MARKETPLACES,
    masterKeys: env.MASTER_KEYS,
    selfHosted: env.SELF_HOSTED,
    systems,
  };
}

const mailOf = (url: string | undefined, from: string | undefined): Environment['mail'] =>
  url === undefined || from === undefined ? null : { url, from };

/** A shorter one could be guessed; those that systems give are far longer. */
const webhookKeyMin = 32;

/** `<SYSTEM>_CLIENT_ID`, `<SYSTEM>_CLIENT_SECRET`, `<SYSTEM>_WEBHOOK_KEY` and, in a sandbox, `<SYSTEM>_<WHAT>_URL`. */
function readSystems(values: EnvironmentValues): {
  systems: Record<string, SystemEnvironment>;
  faults: string[];
} {
  const names = Object.keys(values).flatMap(
    (name) => /^([A-Z0-9]+)_CLIENT_ID$/.exec(name)?.[1] ?? [],
  );
  const faults: string[] = [];
  const systems = names.map((name) => {
    // A system whose access is typed knows us by the identifier alone.
    const hasSecret = connectors[name.toLowerCase()]?.({}).auth !== 'credentials';
    const clientSecret = hasSecret ? (values[`${name}_CLIENT_SECRET`] ?? '') : '';
    if (hasSecret && clientSecret === '') faults.push(`${name}_CLIENT_SECRET: is missing`);
    const webhookKey = values[`${name}_WEBHOOK_KEY`] || null;
    if (webhookKey !== null && webhookKey.length < webhookKeyMin)
      faults.push(`${name}_WEBHOOK_KEY: must have at least ${webhookKeyMin} characters`);
    const urls = urlsOf(name, values);
    for (const [part, url] of Object.entries(urls))
      if (URL.parse(url) === null)
        faults.push(`${name}_${part.toUpperCase()}_URL: must be an address`);
    return [
      name.toLowerCase(),
      { client: { clientId: values[`${name}_CLIENT_ID`] ?? '', clientSecret }, urls, webhookKey },
    ];
  });
  return { systems: Object.fromEntries(systems), faults };
}

function urlsOf(name: string, values: EnvironmentValues): Record<string, string> {
  const pattern = new RegExp(`^${name}_([A-Z]+)_URL$`);
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const part = pattern.exec(key)?.[1];
      return part !== undefined && value !== undefined ? [[part.toLowerCase(), value]] : [];
    }),
  );
}

/** An empty variable is an absent one, as shells and compose files write it. */
const present = (values: EnvironmentValues): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );

function faultOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map((item) => String(item.key)).join('.');
  const absent = issue.kind === 'schema' && issue.received === 'undefined';
  // Valibot's own messages name the received value; ours and "is missing" do not.
  const what = absent
    ? 'is missing'
    : issue.kind === 'schema'
      ? `must be ${issue.expected}`
      : issue.message;
  return `${path}: ${what}`;
}
