import { isRecord } from '../../must.ts';
import type { Marketplace } from '../index.ts';

export interface ManifestView {
  name: string;
  version: string;
  vendor: string;
  scopes: { code: string; sentence: string }[];
  retentionDays: number;
  privacy: string | undefined;
}

const TIMEOUT_MS = 5_000;
const OBJECTS: Record<string, string> = {
  customers: 'your customers: names, addresses and contacts',
  orders: 'your orders and what they cost',
  subscriptions: 'your subscriptions, their quantities and prices',
  products: 'your products, prices and costs',
  catalog: 'your products, prices and costs',
  usage: 'measured use and its reports',
  reports: 'measured use and its reports',
};

/** What the app says of itself, read for the page that asks for consent; undefined when it does not answer. */
export async function readManifest({
  config,
  fetchApp,
}: Marketplace): Promise<ManifestView | undefined> {
  try {
    const response = await fetchApp(
      new Request(`${config.appBaseUrl}/.well-known/marketplace-app.json`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    );
    const manifest: unknown = response.ok ? await response.json() : undefined;
    if (!isRecord(manifest)) return undefined;
    const vendor = isRecord(manifest.vendor) ? manifest.vendor.name : undefined;
    const data = isRecord(manifest.data) ? manifest.data : {};
    const legal = isRecord(manifest.legal) ? manifest.legal : {};
    return {
      name: String(manifest.name ?? 'The app'),
      version: String(manifest.version ?? ''),
      vendor: typeof vendor === 'string' ? vendor : 'its maker',
      scopes: Array.isArray(manifest.scopes) ? manifest.scopes.map(String).map(inWords) : [],
      retentionDays: typeof data.retentionDays === 'number' ? data.retentionDays : 0,
      privacy: typeof legal.privacy === 'string' ? legal.privacy : undefined,
    };
  } catch {
    return undefined;
  }
}

/** A scope is `object:verb` or `verb:object`; an unknown one is shown as it is, never left out. */
function inWords(code: string): { code: string; sentence: string } {
  const parts = code.split(':');
  const object = parts.find((part) => OBJECTS[part]);
  const verb = parts.includes('write') ? 'Change' : 'Read';
  return { code, sentence: object ? `${verb} ${OBJECTS[object]}` : 'Use the right called' };
}
