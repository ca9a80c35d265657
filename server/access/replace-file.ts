import type { Disk } from '../domain/ports/disk.ts';

/** Writes all of a text durably into a file, or behind what it holds. */
export async function writeText(
  disk: Disk,
  path: string,
  { how, text }: { how: 'append' | 'replace'; text: string },
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const file = await disk.open(path, how);
  try {
    for (let at = 0; at < bytes.length; ) {
      const written = await file.write(bytes.subarray(at));
      if (written === 0) throw new Error('nothing was written');
      at += written;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts a text in the place of a file in one step: a reader sees the one before or this, never a part. */
export async function replaceText(
  disk: Disk,
  folder: string,
  { name, text }: { name: string; text: string },
): Promise<void> {
  await writeText(disk, `${folder}/${name}.tmp`, { how: 'replace', text });
  await disk.rename(`${folder}/${name}.tmp`, `${folder}/${name}`);
  await disk.syncFolder(folder);
}
