import type { TenantId } from '../../../domain/ids.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import { collectionCodec } from '../collection-document.ts';
import { collectionsAt } from '../entry.ts';
import { hotCodec } from '../hot-document.ts';
import {
  archivePartOf,
  documentName,
  hotName,
  segmentIndexNumber,
  segmentNumber,
} from '../names.ts';
import { restoreFix, StoreStop } from '../stop.ts';
import { decode } from '../text.ts';

/** A busy tenant writes its documents while we read them; each try takes a few milliseconds. */
const attemptsMax = 100;

export interface Snapshot {
  /** Documents that belong together. */
  documents: { name: string; bytes: Uint8Array }[];
  /** Growing files and how much of each belongs to them; null is all of it. It may be read later. */
  grown: { name: string; length: number | null }[];
}

/**
 * A tenant's files at one commit, while the app may be writing. The hot document decides: what is in
 * its marks is read from the other files, what came after them is in its outbox. Null where the
 * tenant is gone.
 */
export async function snapshotOf(options: {
  disk: Disk;
  folder: string;
  tenant: TenantId;
}): Promise<Snapshot | null> {
  const { disk, folder, tenant } = options;
  const hotPath = `${folder}/${hotName}`;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    // Before the hot document, so that none of them is ahead of it.
    const collections = await documentsOf(disk, folder);
    const bytes = await disk.read(hotPath);
    if (bytes === null) return null;
    const { marks } = parsed(hotPath, () => hotCodec(tenant, hotPath).parse(decode(bytes)));
    const isBehind = collections.some(({ name, applied }) => applied < (marks[name] ?? 0));
    if (isBehind) continue;
    const documents = collections.flatMap(({ name, bytes: content }) =>
      content === null ? [] : [{ name, bytes: content }],
    );
    return {
      documents: [...documents, { name: hotName, bytes }],
      grown: grownFiles(await disk.list(folder), marks),
    };
  }
  throw new StoreStop({
    reason: 'refused',
    file: folder,
    problem: 'changes faster than it can be copied',
    fix: 'Take the backup at a quieter moment, or while the app is stopped',
  });
}

async function documentsOf(disk: Disk, folder: string) {
  const documents: { name: string; applied: number; bytes: Uint8Array | null }[] = [];
  for (const collection of collectionsAt('document')) {
    const name = documentName(collection);
    const path = `${folder}/${name}`;
    const bytes = await disk.read(path);
    const applied =
      bytes === null
        ? 0
        : parsed(path, () => collectionCodec(collection, path).parse(decode(bytes))).applied;
    documents.push({ name, applied, bytes });
  }
  return documents;
}

/**
 * What a growing file holds up to its mark never changes. A full segment of the log, its index and a part
 * of the archive have no mark: they are copied whole.
 */
function grownFiles(names: readonly string[], marks: Readonly<Record<string, number>>) {
  const marked = Object.entries(marks).filter(([name]) => name.endsWith('.jsonl'));
  const newest = Math.max(0, ...marked.map(([name]) => segmentNumber(name)));
  const isFull = (name: string) => {
    const number = segmentNumber(name) || segmentIndexNumber(name);
    return (number > 0 && number < newest) || archivePartOf(name) !== null;
  };
  const full = names.filter(isFull);
  return [
    ...marked.map(([name, length]) => ({ name, length })),
    ...full.map((name) => ({ name, length: null })),
  ];
}

function parsed<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof StoreStop) throw cause;
    throw new StoreStop({ reason: 'damaged', file, problem: 'is damaged', fix: restoreFix, cause });
  }
}
