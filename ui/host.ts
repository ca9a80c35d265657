/**
 * Talks to the page that frames us (facts: the profile's R8). The request goes to exact origins only;
 * a reply counts only from our parent, from a listed origin, in the exact form, with our nonce.
 */
export interface HostMessage {
  data: unknown;
  origin: string;
  fromParent: boolean;
}
/** What the handshake needs of a window; the browser's own is made by `browserHost`. */
export interface HostWorld {
  framed: boolean;
  ownOrigin: string;
  /** The host's origin where the browser tells it. */
  parentOrigin: string | null;
  origins: readonly string[];
  post: (message: object, targetOrigin: string) => void;
  listen: (heard: (message: HostMessage) => void) => () => void;
  nonce: () => string;
  wait: (ms: number) => Promise<void>;
}
export type Theme = 'light' | 'dark' | 'system';
export interface HostReply {
  token: string;
  theme: Theme;
  locale: string;
}
export type HostFailure = 'not-framed' | 'null-origin' | 'unlisted' | 'no-answer';
export type HostAnswer = { ok: true; reply: HostReply } | { ok: false; failure: HostFailure };

export const hostTimeoutMs = 10_000;
const tokenLengthMax = 16_384;

/** Asks the host for a session token; every reason why there is none is a value. */
export async function askHost(world: HostWorld): Promise<HostAnswer> {
  if (!world.framed) return { ok: false, failure: 'not-framed' };
  if (world.ownOrigin === 'null') return { ok: false, failure: 'null-origin' };
  const targets = targetsOf(world);
  if (targets.length === 0) return { ok: false, failure: 'unlisted' };

  const nonce = world.nonce();
  let stop = () => {};
  const answered = new Promise<HostAnswer>((resolve) => {
    stop = world.listen((message) => {
      if (!message.fromParent || !world.origins.includes(message.origin)) return;
      const reply = replyOf(message.data, nonce);
      if (reply) resolve({ ok: true, reply });
    });
  });
  for (const origin of targets) world.post({ type: 'mkt.session.request', v: 1, nonce }, origin);
  const silence = world
    .wait(hostTimeoutMs)
    .then((): HostAnswer => ({ ok: false, failure: 'no-answer' }));
  const answer = await Promise.race([answered, silence]);
  stop();
  return answer;
}

/** Tells the host how tall the page is, so that the frame needs no scroll bar of its own. */
export const tellHeight = (world: HostWorld, height: number): void =>
  tell(world, { type: 'mkt.height', v: 1, height });

/** Tells the host which screen is in sight, so that its own page, read anew, opens that one again. */
export const tellScreen = (world: HostWorld, screen: string): void =>
  tell(world, { type: 'mkt.screen', v: 1, screen });

function tell(world: HostWorld, message: object): void {
  if (!world.framed || world.ownOrigin === 'null') return;
  for (const origin of targetsOf(world)) world.post(message, origin);
}

function targetsOf({ origins, parentOrigin }: HostWorld): readonly string[] {
  if (parentOrigin === null) return origins;
  return origins.filter((origin) => origin === parentOrigin);
}

const replyMembers = ['type', 'v', 'nonce', 'token', 'theme', 'locale'];

function replyOf(data: unknown, nonce: string): HostReply | null {
  if (typeof data !== 'object' || data === null) return null;
  const members = new Map(Object.entries(data));
  if ([...members.keys()].some((name) => !replyMembers.includes(name))) return null;
  if (members.get('type') !== 'mkt.session.reply' || members.get('v') !== 1) return null;
  if (members.get('nonce') !== nonce) return null;
  const token: unknown = members.get('token');
  const theme: unknown = members.get('theme');
  const locale: unknown = members.get('locale');
  if (typeof token !== 'string' || token === '' || token.length > tokenLengthMax) return null;
  return {
    token,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: typeof locale === 'string' ? locale : 'en',
  };
}
