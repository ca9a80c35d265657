import type { World } from '../world.ts';

/** `/{codebase}/apis/3.0/...`: the vendor's own path, its case apart. */
const API = /^\/([A-Za-z0-9_.-]+)\/apis\/3\.0(?:\/(.*))?$/i;
const COMPANY_INFO = /^\/login\/companyinfo\/([^/]+)\/?$/i;

export type Address =
  | { kind: 'api'; codebase: string; parts: string[] }
  | { kind: 'companyInfo'; companyId: string }
  | { kind: 'callbackKey' };

export const CALLBACK_KEY_PATH = '/login/callbackkey';

export function addressOf(pathname: string): Address | undefined {
  const info = COMPANY_INFO.exec(pathname);
  if (info) return { kind: 'companyInfo', companyId: decodeURIComponent(info[1] ?? '') };
  if (pathname === CALLBACK_KEY_PATH) return { kind: 'callbackKey' };
  const api = API.exec(pathname);
  if (!api) return undefined;
  const [, codebase = '', rest = ''] = api;
  return { kind: 'api', codebase, parts: rest.split('/').filter((part) => part !== '') };
}

/** `v4_6_release` works as an alias everywhere; the true one changes with an upgrade (Django client: companyinfo). */
const ALIAS = 'v4_6_release';

export const isCodebase = ({ codebase }: World, text: string): boolean =>
  text.toLowerCase() === ALIAS || text.toLowerCase() === codebase.toLowerCase();
