import type { MarketplaceEntry } from '../../access/marketplaces.ts';
import { AppError } from '../../domain/errors.ts';
import type { Assets } from '../../start-options.ts';
import type { Mount } from '../mount.ts';
import { pageReply } from '../page.ts';

export interface EmbedServices {
  assets: Assets;
  marketplaces: readonly MarketplaceEntry[];
  publicUrl: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  json: 'application/json',
};

/**
 * `/embed?mp=<id>`: a static shell. `mp` is no secret; it only selects which pages may frame it
 * (R8.1). `/assets/…`: its files, named by their content.
 */
export function embedRoutes({ assets, marketplaces, publicUrl }: EmbedServices): Mount[] {
  const originsOf = (url: URL): readonly string[] =>
    marketplaces.find(({ id, status }) => id === url.searchParams.get('mp') && status === 'active')
      ?.uiOrigins ?? [];
  return [
    {
      method: 'GET',
      path: '/embed',
      routeClass: 'embed',
      ancestors: originsOf,
      handle: async ({ url }) => {
        const origins = originsOf(url);
        if (origins.length === 0) throw new AppError('request.not-found');
        const meta = { 'host-origins': origins.join(' '), 'app-base': publicUrl };
        return pageReply(assets, { file: 'index.html', meta });
      },
    },
    {
      method: 'GET',
      path: '/assets/:file',
      routeClass: 'asset',
      handle: async ({ params }) => {
        const file = params.file ?? '';
        const type = contentTypes[file.split('.').at(-1) ?? ''];
        const isName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(file) && !file.includes('..');
        const bytes = isName && type ? await assets(`assets/${file}`) : null;
        if (bytes === null || !type) throw new AppError('request.not-found');
        return new Response(bytes, { headers: { 'Content-Type': type } });
      },
    },
  ];
}
