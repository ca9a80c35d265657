import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { instant } from './domain/dates.ts';
import { machineClock, machineCrypto } from './machine.ts';
import { openDisk } from './store/disk.ts';
import { restoreBackup } from './store/lowdb/backup/restore-backup.ts';
import { thisProcess } from './store/this-process.ts';
import { forgetMarks } from './sync/check/forget-marks.ts';

// `npm run restore -- <folder>`: puts a backup into DATA_DIR; `--replace` sets aside what is there.
try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } },
  });
  const [from = ''] = positionals;
  const folder = process.env.DATA_DIR ?? '';
  if (positionals.length !== 1 || from === '')
    throw new Error('Say from which folder: npm run restore -- <folder>');
  if (folder === '') throw new Error('DATA_DIR: is missing');
  const now = instant(machineClock.nowMs());
  const { takenAt, tenants, setAside } = await restoreBackup({
    disk: openDisk(),
    clock: machineClock,
    crypto: machineCrypto,
    process: thisProcess(),
    folder: resolve(folder),
    from: resolve(from),
    setAside: values.replace ? `replaced-${now.replaceAll(':', '-')}` : null,
    // What was written after the backup is in the systems: it is found there before anything is written.
    prepare: async (store) => {
      for (const tenant of await store.tenants()) await forgetMarks(store, tenant);
    },
  });
  console.log(`restored ${tenants} tenants as they were at ${takenAt}`);
  if (setAside !== null) console.log(`what was there is in ${resolve(folder, setAside)}`);
} catch (error) {
  console.error(`Nothing restored: ${error instanceof Error ? error.message : 'unknown reason'}`);
  process.exit(1);
}
