import type { Customer } from '../customer.ts';
import type { Instant } from '../dates.ts';
import type { Order } from '../order.ts';
import type { Product } from '../product.ts';
import type { Subscription } from '../subscription.ts';
import type { User } from '../user.ts';
import type { Clock, Crypto, Fetch } from './machine.ts';
import type { Read } from './read.ts';

/** What a marketplace cannot do; the screens say so. */
export interface MarketplaceCapabilities {
  users: boolean;
  usage: boolean;
  webhooks: boolean;
  costs: boolean;
}

export interface MarketplaceManifest {
  id: string;
  name: string;
  capabilities: MarketplaceCapabilities;
  /** Calls allowed per installation, unless the operator configures others. */
  callsPerMinute: number;
  callsPerDay: number;
  /** Fields of the access form, per method of authentication. */
  methods: readonly { id: string; name: string; fields: readonly AccessField[] }[];
}

export interface AccessField {
  id: string;
  name: string;
  help: string;
  secret: boolean;
  optional: boolean;
  /** Access data is sent there: it must be a host of the marketplace that the operator named. */
  isAddress?: boolean;
}
export interface OrderWindow {
  /** Creation time, inclusive. */
  from: Instant;
  to: Instant;
}

/** One tenant's marketplace. Every method may throw AppError `marketplace.*`. */
export interface Marketplace {
  /** One cheap call that proves the credentials. */
  test(): Promise<void>;
  customers(): Promise<Read<Customer>>;
  products(): Promise<Read<Product>>;
  /** Orders of the window in list form (`detailed: false`), each once, even when the list shifts. */
  orders(window: OrderWindow): Promise<Read<Order>>;
  /** The detailed form; null where the marketplace no longer has it. */
  order(id: string): Promise<Read<Order>>;
  /** List form, `detailed: false`. */
  subscriptions(): Promise<Read<Subscription>>;
  subscription(id: string): Promise<Read<Subscription>>;
  /** All people of a customer; left out where the marketplace does not tell them. */
  users?(customerId: string): Promise<Read<User>>;
}

export interface MarketplaceContext {
  apiBase: string;
  method: string;
  credentials: Readonly<Record<string, string>>;
  fetch: Fetch;
  clock: Clock;
  crypto: Crypto;
  /** Asked before every call; throws `marketplace.limited` or `marketplace.quota`. */
  spend(purpose: 'background' | 'person'): Promise<void>;
}

export interface MarketplaceAdapter {
  manifest: MarketplaceManifest;
  open(context: MarketplaceContext): Marketplace;
}
