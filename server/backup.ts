import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { instant } from './domain/dates.ts';
import { machineClock } from './machine.ts';
import { openDisk } from './store/disk.ts';
import { takeBackup } from './store/lowdb/backup/take-backup.ts';

// `npm run backup -- <folder>`: copies the store of DATA_DIR, while the app runs or not.
try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [to = ''] = positionals;
  const folder = process.env.DATA_DIR ?? '';
  if (positionals.length !== 1 || to === '')
    throw new Error('Say into which folder: npm run backup -- <folder>');
  if (folder === '') throw new Error('DATA_DIR: is missing');
  const { tenants, files } = await takeBackup({
    disk: openDisk(),
    folder: resolve(folder),
    to: resolve(to),
    takenAt: instant(machineClock.nowMs()),
  });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(
    `backed up ${tenants} tenants, ${files.length} files, ${bytes} bytes, each read back`,
  );
} catch (error) {
  console.error(`No backup: ${error instanceof Error ? error.message : 'unknown reason'}`);
  process.exit(1);
}
