import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { dateOf } from '../../calendar.ts';
import type { Marketplace } from '../index.ts';
import { accessPage } from './access.ts';
import { customersPage, homePage, orderPage, ordersPage, subscriptionsPage } from './catalogue.ts';
import {
  APP_PATH,
  appPage,
  consentPage,
  integrationsPage,
  tilePage,
  tilesPage,
} from './integrations.ts';
import { type Html, layout, type PageContext, type Theme } from './layout.ts';
import { readManifest } from './manifest.ts';

/** What a link from outside may put behind the frame's hash. */
const SCREEN = /^[\w/?=&.%+*-]{1,300}$/;

const ASSETS: Record<string, string> = {
  'market.css': 'text/css',
  'controls.js': 'text/javascript',
  'host-frame.js': 'text/javascript',
};

/** The reseller's panel: pages made on the server, with small scripts for what must not reload. */
export function pageRoutes(marketplace: Marketplace): Hono {
  const { api, clock, config, installations, market, tiles } = marketplace;
  const tileOf = (context: Context) =>
    tiles.find(({ module }) => module === context.req.param('module'));
  const routes = new Hono();
  const account = (page: PageContext) => market.account(page.visitor.tenant.tenantId);
  const installation = (page: PageContext) => installations.of(page.visitor.tenant.tenantId);

  for (const [name, type] of Object.entries(ASSETS)) {
    const text = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
    routes.get(`/assets/${name}`, (context) =>
      context.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` }),
    );
  }
  const page = (path: string, title: string, body: (page: PageContext, context: Context) => Html) =>
    routes.get(path, (context) => {
      const found = pageContext(marketplace, context);
      return show(marketplace, context, { title, body: body(found, context), page: found });
    });
  page('/', 'Home', (each) => homePage(account(each), dateOf(clock.nowMs())));
  page('/customers', 'Customers', (each) => customersPage(account(each)));
  page('/subscriptions', 'Subscriptions', (each) => subscriptionsPage(account(each)));
  page('/orders', 'Orders', (each, context) =>
    ordersPage(account(each), context.req.query('customerId')),
  );
  page('/integrations', 'Integrations', (each) => integrationsPage(tiles, installation(each)));
  page('/integrations/psa', 'PSA Integrations', (each) => tilesPage(tiles, installation(each)));
  page('/api-access', 'API access', ({ visitor: { tenant } }) =>
    accessPage(tenant, config, api.used(tenant.api.subscriptionKey)),
  );
  routes.get('/orders/:id', (context) => {
    const found = pageContext(marketplace, context);
    const filed = account(found).orders.find(({ order }) => order.id === context.req.param('id'));
    if (!filed) return context.notFound();
    const title = `Order ${filed.order.orderNumber}`;
    return show(marketplace, context, {
      title,
      body: orderPage(account(found), filed.order),
      page: found,
    });
  });
  routes.get('/integrations/psa/:module', (context) => {
    const tile = tileOf(context);
    if (!tile) return context.notFound();
    const found = pageContext(marketplace, context);
    return show(marketplace, context, {
      title: tile.name,
      body: tilePage(tile, installation(found)),
      page: found,
    });
  });
  routes.get('/integrations/psa/:module/install', async (context) => {
    const tile = tileOf(context);
    if (!tile) return context.notFound();
    const found = pageContext(marketplace, context);
    const body = consentPage(tile, await readManifest(marketplace), found.visitor);
    return show(marketplace, context, { title: `Install ${tile.name}`, body, page: found });
  });
  routes.get(APP_PATH, (context) => {
    const found = pageContext(marketplace, context);
    const tile = tiles.find(({ module }) => module === context.req.query('module')) ?? tiles[0];
    if (!tile) return context.notFound();
    const isFramed = installation(found).state === 'enabled';
    const screen = context.req.query('screen') ?? '';
    const body = appPage(found, tile, installation(found), {
      ...config,
      screen: SCREEN.test(screen) ? screen : '',
    });
    return show(marketplace, context, {
      title: 'Ledgerport',
      body,
      page: found,
      scripts: isFramed ? ['host-frame.js'] : [],
      isFrame: true,
    });
  });
  return routes;
}

export function pageContext({ visitors }: Marketplace, context: Context): PageContext {
  const cookies = context.req.header('Cookie') ?? '';
  const { visitor, setCookie } = visitors.of(cookies);
  if (setCookie) context.header('Set-Cookie', setCookie);
  const wanted = cookies.match(/(?:^|;\s*)fernhill_theme=(\w+)/)?.[1];
  const theme: Theme = wanted === 'light' || wanted === 'dark' ? wanted : 'auto';
  return { visitor, theme, path: new URL(context.req.url).pathname };
}

export function show(
  { config }: Marketplace,
  context: Context,
  {
    page,
    ...content
  }: {
    title: string;
    body: Html;
    page: PageContext;
    scripts?: readonly string[];
    isFrame?: boolean;
  },
): Response | Promise<Response> {
  context.header(
    'Content-Security-Policy',
    `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src ${config.appBaseUrl}; frame-ancestors 'none'`,
  );
  context.header('Cache-Control', 'no-store');
  return context.html(layout(page, content));
}
