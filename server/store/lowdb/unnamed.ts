import * as v from 'valibot';
import { type TenantId, tenantIdSchema } from '../../domain/ids.ts';
import type { Disk } from '../../domain/ports/disk.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Manifest } from './manifest.ts';
import { folderNameOf, hotName, tenantsName } from './names.ts';
import { restoreFix, StoreStop } from './stop.ts';
import { decode } from './text.ts';
import { unsealed } from './versions.ts';

/**
 * A folder with commits that the manifest does not name: the manifest is an older one. Without an
 * operator's confirmation the start stops, since the tenant would silently be gone.
 */
export async function adoptUnnamed(options: {
  disk: Disk;
  folder: string;
  crypto: Crypto;
  manifest: Manifest;
  acceptBackup: boolean;
}): Promise<void> {
  const { disk, folder, crypto, manifest, acceptBackup } = options;
  const known = new Set(manifest.tenants.map((named) => named.folder));
  for (const name of await disk.list(`${folder}/${tenantsName}`)) {
    if (known.has(name)) continue;
    const path = `${folder}/${tenantsName}/${name}/${hotName}`;
    const tenant = await tenantWithCommits(disk, path);
    if (tenant === null) continue;
    if (!acceptBackup || folderNameOf(tenant, crypto) !== name) throw notNamed(path);
    await manifest.set({ tenant, folder: name, state: 'live' });
  }
}

const headSchema = v.object({ tenant: tenantIdSchema, sequence: v.number() });

/** Null for what a crash leaves while a tenant is created: no document, or one without a commit. */
async function tenantWithCommits(disk: Disk, path: string): Promise<TenantId | null> {
  const bytes = await disk.read(path);
  if (bytes === null) return null;
  try {
    const text = decode(bytes);
    const content = unsealed({ kind: 'hot', file: path, text, parse: JSON.parse });
    const { tenant, sequence } = v.parse(headSchema, content);
    return sequence > 0 ? tenant : null;
  } catch (cause) {
    throw cause instanceof StoreStop ? cause : notNamed(path, cause);
  }
}

const notNamed = (file: string, cause?: unknown): StoreStop =>
  new StoreStop({
    reason: 'damaged',
    file,
    problem: 'is of a tenant that the manifest does not name',
    fix: restoreFix,
    cause,
  });
