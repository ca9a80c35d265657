import type { CallbackOutcome, Flows } from '../../access/flows.ts';
import { AppError } from '../../domain/errors.ts';
import type { Assets } from '../../start-options.ts';
import { jsonAnswer } from '../answer.ts';
import type { Mount } from '../mount.ts';
import { pageReply } from '../page.ts';
import { jsonBody } from '../request-checks.ts';
import { checked } from '../route.ts';
import { beginBody } from './flows.ts';

export interface ConnectServices {
  flows: Flows;
  assets: Assets;
  publicUrl: string;
}

const cookieSeconds = 600;
const bodyMaxBytes = 4_096;
const parameterMax = 4_096;

/**
 * The popup's own pages (R12.2 to 4). They read nothing from their address but the vendor's answer,
 * and lead nowhere that came from input.
 */
export function connectRoutes({ flows, assets, publicUrl }: ConnectServices): Mount[] {
  const secure = publicUrl.startsWith('https:');
  // `__Host-` (RFC 6265bis 4.1.3) asks for Secure, which http on loopback cannot give.
  const cookieName = secure ? '__Host-connect' : 'connect';
  const cookie = (value: string, maxAgeSeconds: number) =>
    `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
  const page = (outcome: CallbackOutcome | 'launch') =>
    pageReply(assets, { file: 'connect.html', meta: { 'connect-outcome': outcome } });

  return [
    {
      method: 'GET',
      path: '/connect/launch',
      routeClass: 'connect',
      limited: true,
      handle: () => page('launch'),
    },
    {
      method: 'POST',
      path: '/connect/begin',
      routeClass: 'connect',
      limited: true,
      sameOrigin: true,
      handle: async ({ request, url }) => {
        if (url.search !== '') throw new AppError('request.invalid');
        const body = checked<typeof beginBody>(beginBody, await jsonBody(request, bodyMaxBytes));
        const { cookie: value, ...begun } = await flows.begin(body);
        const headers = { 'Set-Cookie': cookie(value, cookieSeconds) };
        return jsonAnswer(JSON.stringify(begun), { headers });
      },
    },
    {
      method: 'GET',
      path: '/connect/callback/:systemId',
      routeClass: 'connect',
      limited: true,
      handle: async ({ request, url, params }) => {
        const outcome = await flows.callback({
          systemId: params.systemId ?? '',
          state: parameter(url, 'state'),
          code: parameter(url, 'code'),
          error: parameter(url, 'error'),
          cookie: cookieOf(request, cookieName),
          parameter: (name) => parameter(url, name),
        });
        const response = await page(outcome);
        // A stranger's page that leads here with no state of ours must not end what is under way.
        if (outcome !== 'expired') response.headers.set('Set-Cookie', cookie('', 0));
        return response;
      },
    },
  ];
}

/** One value, or none where it is missing, repeated or too long. */
function parameter(url: URL, name: string): string | null {
  const values = url.searchParams.getAll(name);
  const [value] = values;
  return values.length === 1 && value !== undefined && value.length <= parameterMax ? value : null;
}

function cookieOf(request: Request, name: string): string | null {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`));
  return values.length === 1 ? (values[0]?.slice(name.length + 1) ?? null) : null;
}
