import { Low } from 'lowdb';
import * as v from 'valibot';
import { type TenantId, tenantIdSchema } from '../../domain/ids.ts';
import type { Disk } from '../../domain/ports/disk.ts';
import { DurableFile } from './durable-file.ts';
import { type Codec, DurableJson } from './durable-json.ts';
import type { Fuse } from './fuse.ts';
import { manifestName } from './names.ts';
import { unsealed } from './versions.ts';

const manifestSchema = v.object({
  tenants: v.array(
    v.object({
      tenant: tenantIdSchema,
      folder: v.string(),
      /** `redacted`: its files are deleted, or will be at the next start. */
      state: v.picklist(['live', 'redacted']),
    }),
  ),
});
export type ManifestData = v.InferOutput<typeof manifestSchema>;
export type TenantState = ManifestData['tenants'][number]['state'];

/** Which tenants there are. What it names must be on disk; only what it does not name may be new. */
export class Manifest {
  readonly usedBackup: boolean;
  readonly #document: Low<ManifestData>;
  #last: Promise<void> = Promise.resolve();

  constructor(document: Low<ManifestData>, usedBackup: boolean) {
    this.#document = document;
    this.usedBackup = usedBackup;
  }

  get tenants(): ManifestData['tenants'] {
    return this.#document.data.tenants;
  }

  isLive(tenant: TenantId): boolean {
    return this.tenants.some((named) => named.tenant === tenant && named.state === 'live');
  }

  /** Durable when it resolves; memory keeps the old list when it rejects. One write at a time. */
  set(entry: ManifestData['tenants'][number]): Promise<void> {
    const next = this.#last.then(async () => {
      const before = this.#document.data;
      const others = before.tenants.filter(({ tenant }) => tenant !== entry.tenant);
      this.#document.data = { ...before, tenants: [...others, entry] };
      try {
        await this.#document.write();
      } catch (error) {
        this.#document.data = before;
        throw error;
      }
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

export const manifestCodec = (file: string): Codec<ManifestData> => ({
  parse: (text) =>
    v.parse(manifestSchema, unsealed({ kind: 'manifest', file, text, parse: JSON.parse })),
  format: (data) => [JSON.stringify(data)],
});

export async function openManifest(options: {
  disk: Disk;
  folder: string;
  fuse: Fuse;
  acceptBackup: boolean;
  /** There are folders of tenants, so the manifest must be there too. */
  required: boolean;
}): Promise<Manifest> {
  const file = new DurableFile({ ...options, name: manifestName });
  const adapter = new DurableJson<ManifestData>({
    ...options,
    file,
    codec: manifestCodec(file.path),
  });
  const document = new Low<ManifestData>(adapter, { tenants: [] });
  await document.read();
  if (!options.required || adapter.usedBackup) await document.write();
  return new Manifest(document, adapter.usedBackup);
}
