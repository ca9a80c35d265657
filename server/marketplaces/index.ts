import type { MarketplaceAdapter } from '../domain/ports/marketplace.ts';
import { cloudblue } from './cloudblue/adapter.ts';

/** Every marketplace the app can read. Adding one is a folder and a line. */
export const marketplaces: readonly MarketplaceAdapter[] = [cloudblue];
