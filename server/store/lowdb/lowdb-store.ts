import type { CalendarDate } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { LogEntry } from '../../domain/log-entry.ts';
import type {
  LogPage,
  LogPart,
  LogQuery,
  Reader,
  Store,
  StoreHealth,
  Transaction,
} from '../../domain/ports/store.ts';
import type { Fuse } from './fuse.ts';
import type { Measure } from './health.ts';
import type { Lock } from './lock.ts';
import type { IndexShelf } from './log/index-shelf.ts';
import type { Manifest } from './manifest.ts';
import { folderNameOf, tenantsName } from './names.ts';
import { openTenant } from './open-tenant.ts';
import type { LowdbStoreOptions } from './options.ts';
import { commitError } from './stop.ts';
import { Table, View } from './table.ts';
import { Tenant } from './tenant.ts';
import { adoptUnnamed } from './unnamed.ts';

interface Parts extends LowdbStoreOptions {
  acceptBackup: boolean;
  fuse: Fuse;
  shelf: IndexShelf;
  logFrom: () => CalendarDate | null;
  measure: Measure;
  lock: Lock;
  manifest: Manifest;
}

/** All tenants of the folder, each opened once. */
export class LowdbStore implements Store {
  readonly #parts: Parts;
  readonly #tenants = new Map<TenantId, Promise<Tenant>>();
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens what the manifest names, and finishes deletions that a crash interrupted. */
  async openAll(atOnce: number): Promise<void> {
    if (this.#parts.manifest.usedBackup) this.#warn(['manifest']);
    await adoptUnnamed(this.#parts);
    const queue = [...this.#parts.manifest.tenants];
    const worker = async () => {
      for (let named = queue.shift(); named !== undefined; named = queue.shift())
        if (named.state === 'redacted') await this.#deleteFiles(named.tenant);
        else await this.#tenant(named.tenant);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  async transact<T>(tenant: TenantId, work: (tx: Transaction) => T | Promise<T>): Promise<T> {
    this.#check();
    const opened = await this.#tenant(tenant);
    return opened.transact(work);
  }

  async read(tenant: TenantId): Promise<Reader> {
    this.#check();
    const opened = await this.#tenants.get(tenant);
    return opened?.reader() ?? new View(new Table());
  }

  async log(tenant: TenantId, query: LogQuery): Promise<LogPage> {
    this.#check();
    const opened = await this.#tenants.get(tenant);
    return opened?.page(query) ?? { entries: [], next: null, scanned: 0, complete: true };
  }

  async logParts(tenant: TenantId): Promise<LogPart[]> {
    this.#check();
    return (await this.#tenants.get(tenant))?.logArchive.parts ?? [];
  }

  async readLogPart(tenant: TenantId, number: number): Promise<AsyncIterable<LogEntry> | null> {
    this.#check();
    return (await this.#tenants.get(tenant))?.logArchive.read(number) ?? null;
  }

  async tenants(): Promise<TenantId[]> {
    this.#check();
    const { tenants } = this.#parts.manifest;
    return tenants.filter(({ state }) => state === 'live').map(({ tenant }) => tenant);
  }

  async redact(tenant: TenantId): Promise<void> {
    this.#check();
    const { manifest, measure } = this.#parts;
    const before = this.#tenants.get(tenant);
    if (before === undefined) return;
    const after = before.then(async (opened) => {
      if (!manifest.isLive(tenant)) return opened;
      // Later callers wait for this promise, so nothing new can come while it settles.
      await opened.settle();
      // Named redacted first: a crash from here on ends with the files deleted, never with half.
      await manifest.set({ tenant, folder: this.#folderName(tenant), state: 'redacted' });
      await this.#deleteFiles(tenant);
      measure.forget(tenant);
      return this.#open(tenant);
    });
    this.#tenants.set(
      tenant,
      after.catch(() => (manifest.isLive(tenant) ? before : this.#open(tenant))),
    );
    await after.catch((error) => {
      throw commitError(error);
    });
  }

  health(): StoreHealth {
    return this.#parts.measure.health();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      for (const tenant of this.#tenants.values()) await (await tenant).close();
    } finally {
      await this.#parts.lock.release();
    }
  }

  #check(): void {
    this.#parts.fuse.check();
    if (this.#isClosed) throw new AppError('store.failed');
  }

  #tenant(tenant: TenantId): Promise<Tenant> {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const opened = this.#open(tenant);
    this.#tenants.set(tenant, opened);
    opened.catch(() => this.#tenants.delete(tenant));
    return opened;
  }

  async #open(tenant: TenantId): Promise<Tenant> {
    const { manifest, disk } = this.#parts;
    const folder = this.#folder(tenant);
    const named = manifest.isLive(tenant);
    const opened = await openTenant({ ...this.#parts, folder, tenant, named });
    if (opened.usedBackups.length > 0) this.#warn(opened.usedBackups);
    const birth = async () => {
      await disk.mkdir(folder);
      await disk.syncFolder(`${this.#parts.folder}/${tenantsName}`);
      await opened.hot.write();
      await manifest.set({ tenant, folder: this.#folderName(tenant), state: 'live' });
    };
    return new Tenant({ ...this.#parts, tenant, opened, birth: named ? null : birth });
  }

  async #deleteFiles(tenant: TenantId): Promise<void> {
    const { disk } = this.#parts;
    const folder = this.#folder(tenant);
    const names = await disk.list(folder);
    for (const name of names) await disk.remove(`${folder}/${name}`);
    if (names.length > 0) await disk.syncFolder(folder);
    await disk.remove(folder);
    await disk.syncFolder(`${this.#parts.folder}/${tenantsName}`);
  }

  #warn(files: readonly string[]): void {
    this.#parts.logger?.warn('store.backup-used', { files });
    this.#parts.measure.warning = `The store went on from the previous generation of ${files.join(', ')}; the last change before the damage may be missing.`;
  }

  #folderName(tenant: TenantId): string {
    return folderNameOf(tenant, this.#parts.crypto);
  }
  #folder(tenant: TenantId): string {
    return `${this.#parts.folder}/${tenantsName}/${this.#folderName(tenant)}`;
  }
}
